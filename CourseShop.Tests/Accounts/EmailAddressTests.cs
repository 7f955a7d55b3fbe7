using CourseShop.Accounts;

namespace CourseShop.Tests.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@example.com", "A@EXAMPLE.COM")]
    [InlineData(" ａ＠ｅｘａｍｐｌｅ．ｃｏｍ ", "a@example.com")]
    [InlineData("a@münchen.de", "A@xn--mnchen-3ya.de")]
    public void Spellings_of_one_address_are_one_address(string one, string other) =>
        Assert.Equal(EmailAddress.Read(one).Value!.Key, EmailAddress.Read(other).Value!.Key);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@localhost")]
    [InlineData("a@b@example.com")]
    [InlineData("某人 <a@example.com>")]
    [InlineData("a@exa mple.com")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@-.com")]
    public void What_no_mail_can_reach_is_refused(string typed) => Assert.NotNull(EmailAddress.Read(typed).Refusal);
}
