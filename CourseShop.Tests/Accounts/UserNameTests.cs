using CourseShop.Accounts;

namespace CourseShop.Tests.Accounts;

public sealed class UserNameTests
{
    [Theory]
    [InlineData("张三")]
    [InlineData("小明2026")]
    [InlineData("ab")]
    [InlineData("a.b-c_d")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十")]
    public void A_plain_name_is_taken_as_it_is(string typed) => Assert.Equal(typed, UserName.Read(typed).Value?.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("甲")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一")]
    [InlineData("a@b")]
    [InlineData("a＠b")] // full width
    [InlineData("13800138000")]
    [InlineData("１３８００１")] // full width
    [InlineData("张 三")]
    [InlineData("张\u3000三")]
    [InlineData("张\0三")]
    [InlineData("张\u200b三")] // zero width
    [InlineData("admin\u202enimda")] // right to left
    [InlineData("张\u3164三")] // Hangul filler
    [InlineData("ab\r\ncd")]
    public void A_name_that_is_not_what_it_looks_like_is_refused(string? typed) => Assert.NotNull(UserName.Read(typed).Refusal);

    [Fact]
    public void Half_a_character_is_no_name() => Assert.NotNull(UserName.Read("ab" + '\ud800').Refusal);

    [Fact]
    public void Spellings_that_look_the_same_are_the_same_name()
    {
        Assert.Equal(UserName.Read("Alice").Value!.Key, UserName.Read(" ａｌｉｃｅ ").Value!.Key);
        Assert.Equal(UserName.Read("é-name").Value!.Key, UserName.Read("e\u0301-name").Value!.Key);
    }

    [Fact]
    public void No_text_at_all_throws()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 20_000; round++)
        {
            var typed = new string([.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => (char)random.Next(0, 0x10000))]);
            var read = UserName.Read(typed);
            if (read.Value is { } name)
                Assert.Equal(name, UserName.Read(name.Text).Value);
            _ = EmailAddress.Read(typed + "@example.com");
            _ = EmailAddress.Read("a@" + typed + ".com");
        }
    }
}
