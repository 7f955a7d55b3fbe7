using System.Text;
using CourseShop.Payments.Alipay;

namespace CourseShop.Tests.Payments.Alipay;

public sealed class AlipayFormTests
{
    [Theory]
    [InlineData("a=1&a=1")]
    [InlineData("a=1&%61=2")]
    [InlineData("a=%")]
    [InlineData("a=%4")]
    [InlineData("a=%zz")]
    [InlineData("a=%+1")]
    [InlineData("%4=a")]
    [InlineData("=a")]
    [InlineData("a%3D1%26b=2")]
    [InlineData("a%26b=2")]
    [InlineData("a=%FF")]
    [InlineData("a=%C0%AF")]
    [InlineData("a=%ED%A0%80")]
    [InlineData("charset=gbk&a=%B9")]
    [InlineData("charset=utf-16&a=1")]
    [InlineData("charset=gbk&charset=utf-8")]
    public void What_is_no_form_is_refused(string raw) => Assert.Null(AlipayForm.Read(Encoding.ASCII.GetBytes(raw)));

    [Theory]
    [InlineData("a=b=c", "b=c")]
    [InlineData("a=1+2%2B3%20", "1 2+3 ")]
    [InlineData("&&a=x&", "x")]
    [InlineData("a=%e4%B8%ad", "中")]
    [InlineData("charset=GBK&a=%D6%D0", "中")]
    [InlineData("charset=gb2312&a=%D6%D0", "中")]
    [InlineData("charset=GB18030&a=%D6%D0%95%32%82%36", "中\U00020000")]
    [InlineData("charset=utf8&a=%F0%9F%8E%93", "🎓")]
    [InlineData("a=%2500", "%00")]
    public void A_value_is_decoded_once(string raw, string value) => Assert.Equal(value, AlipayForm.Read(Encoding.ASCII.GetBytes(raw))!["a"]);

    [Fact]
    public void Absent_and_empty_values_are_the_same_to_a_reader()
    {
        var form = AlipayForm.Read("a=&b"u8)!;

        Assert.Null(form["a"]);
        Assert.Null(form["b"]);
        Assert.Null(form["c"]);
        Assert.True(form.HasEmptyValue);
    }

    [Fact]
    public void Size_and_number_of_fields_are_bounded()
    {
        static byte[] Fields(int count) => Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, count).Select(i => $"f{i}=1")));
        static byte[] Long(int bytes) => Encoding.ASCII.GetBytes("a=" + new string('x', bytes - 2));

        Assert.NotNull(AlipayForm.Read(Fields(AlipayForm.MaxFields)));
        Assert.Null(AlipayForm.Read(Fields(AlipayForm.MaxFields + 1)));
        Assert.NotNull(AlipayForm.Read(Long(AlipayForm.MaxBytes)));
        Assert.Null(AlipayForm.Read(Long(AlipayForm.MaxBytes + 1)));
    }

    [Fact]
    public void The_signed_bytes_are_sorted_by_name_and_stay_in_their_charset()
    {
        var form = AlipayForm.Read("ab=5&sign=x&B=1&a_b=%D6%D0&a1=&sign_type=RSA2&charset=gbk&a=2"u8)!;

        Assert.Equal([.. "B=1&a=2&a_b="u8, 0xD6, 0xD0, .. "&ab=5&charset=gbk"u8], form.SignedBytes(keepEmpty: false));
        Assert.Equal([.. "B=1&a=2&a1=&a_b="u8, 0xD6, 0xD0, .. "&ab=5&charset=gbk"u8], form.SignedBytes(keepEmpty: true));
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(7);
        var alphabet = "a=&%+0fF;{\"\0\u00ff"u8.ToArray();
        for (var round = 0; round < 5_000; round++)
        {
            var raw = new byte[random.Next(40)];
            for (var i = 0; i < raw.Length; i++)
                raw[i] = alphabet[random.Next(alphabet.Length)];

            AlipayForm.Read(raw)?.SignedBytes(keepEmpty: true);
        }
    }
}
