using CourseShop.Accounts;

namespace CourseShop.Tests.Accounts;

public sealed class NewPasswordTests
{
    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("CourseShop-2026")]
    [InlineData("春眠不觉晓处处闻啼鸟")]
    [InlineData("lowercaseonlyletters")]
    public void Any_long_enough_password_will_do(string typed) => Assert.Null(NewPassword.Read(typed, "somebody").Refusal);

    [Fact]
    public void Sixty_four_characters_and_more_are_allowed()
    {
        Assert.Null(NewPassword.Read(string.Concat(Enumerable.Repeat("abcd", 16)), "somebody").Refusal);
        Assert.Null(NewPassword.Read(string.Concat(Enumerable.Repeat("abcd", 32)), "somebody").Refusal);
        Assert.NotNull(NewPassword.Read(string.Concat(Enumerable.Repeat("abcd", 33)), "somebody").Refusal);
    }

    [Theory]
    [InlineData("short12")]
    [InlineData("12345678")]
    [InlineData("PassWord123")]
    [InlineData("woaini1314")]
    [InlineData("abababababab")]
    [InlineData("Alice-in-Wonder")]
    public void What_is_tried_first_is_refused(string typed) => Assert.NotNull(NewPassword.Read(typed, "alice-in-wonder").Refusal);
}
