namespace CourseShop.Accounts;

/// <summary>What is tried first: the most common passwords of at least eight characters, here and elsewhere.</summary>
public static class CommonPasswords
{
    private const string List = """
        12345678 123456789 1234567890 12345678910 123456789a 123456789q 1234567891 12345678a 12345679 123123123 1231231234 123321123 123456123 123456123456
        0123456789 01234567 012345678 123456abc 123456aa 123456qwerty 123456as 123456ab 12341234 1234qwer 1234abcd 123qweasd 123qweasdzxc 123qwe123 123abc123
        987654321 9876543210 87654321 876543210 98765432 147258369 147852369 159357456 159753456 741852963 789456123 963852741 1357924680 13579246 246813579
        1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 qwer1234 qwer12345 qwerty12 qwerty123 qwerty1234
        qwertyui qwertyuiop qwertyuiop123 qazwsxedc qazwsx123 qweasdzxc qweasd123 qweqweqwe qwe123qwe qwe123456 asdfghjk asdfghjkl asdfasdf asdf1234 asd123456
        zxcvbnm123 zxcvbnm1 zxcvbnmm zxc123456 poiuytrewq lkjhgfdsa mnbvcxz1 aaaaaaaa a1234567 a12345678 a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678
        aaa123456 abc12345 abc123456 abc1234567 abc123abc abcd1234 abcd12345 abcdefgh abcdefghi abcde12345 abcdefg1 as123456 ab123456 q1234567 q12345678 q123456789
        qq123456 qq123456789 qq12345678 w123456789 wang123456 woaini123 woaini1314 woaini520 woaini521 woaiwojia woaiwoziji iloveyou iloveyou1 iloveyou2 iloveyou123
        5201314520 52013141 5201314a 13145200 1314521521 520520520 1314520520 woainima123 nihao123 nihao123456 zhang123456 li123456789 wangyang123 xiaoming123
        password password1 password12 password123 password1234 password! password1! passw0rd passw0rd1 p@ssw0rd p@ssw0rd1 p@ssword p@55w0rd pa55word pass1234
        pass12345 passpass mypassword password01 password2024 password2025 password2026 changeme changeme1 changeme123 welcome1 welcome123 welcome2024 welcome2025
        admin123 admin1234 admin12345 admin123456 admin@123 admin888 admin8888 adminadmin administrator root1234 root123456 test1234 test12345 test123456 testtest
        user1234 guest1234 default1 letmein1 letmein123 letmein! master123 superman superman1 batman123 spiderman pokemon1 pokemon123 dragon12 dragon123 monkey12
        monkey123 football football1 baseball baseball1 basketball sunshine sunshine1 princess princess1 princess123 michelle jennifer jordan23 charlie1 liverpool
        liverpool1 chelsea1 arsenal1 computer computer1 internet internet1 samsung1 samsung123 google123 facebook facebook1 starwars starwars1 whatever whatever1
        trustno1 freedom1 shadow12 shadow123 michael1 jessica1 ashley123 nicole123 daniel123 hello123 hello1234 helloworld lovelove loveyou1 ilovegod babygirl
        babygirl1 butterfly butterfly1 chocolate chocolate1 blink182 midnight mercedes corvette maverick qwaszx12 1122334455 11223344 112233445566 11111111 111111111
        1111111111 00000000 0000000000 22222222 55555555 66666666 77777777 88888888 888888888 99999999 999999999 12121212 123454321 123789456 10203040 19841984
        19871987 19891989 19901990 20002000 20082008 20202020 31415926 314159265 3141592653 p@$$w0rd qwerty!@ qwerty123! abc123!@# abc@1234 abc@123456 aa@123456
        a@123456 q!w@e#r$ !@#$%^&* !@#$%^&*( !qaz2wsx 1qaz@wsx zaq!2wsx secret123 access14 killer123 hunter12 soccer12 hockey12 summer2024 summer2025 winter2024
        winter2025 spring2025 autumn2025 courseshop courseshop1 courseshop123 kechengshangdian
        """;

    private static readonly HashSet<string> Known = new(List.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    public static bool Contain(string password) => Known.Contains(password);
}
