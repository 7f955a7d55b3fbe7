using CourseShop.Common;

namespace CourseShop.Tests.Common;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("一\r\n二\r三", "一\n二\n三")]
    [InlineData("a\0b\u0007c\u202Ed\uFEFFe\uFFFEf", "abcdef")]
    [InlineData("\n\n  字  \n\n", "字")]
    [InlineData("a\tb", "a    b")]
    [InlineData("👨‍👩‍👧", "👨‍👩‍👧")]
    public void Lines_are_kept_without_what_nobody_can_see(string typed, string kept) => Assert.Equal(kept, WrittenText.Lines(typed));

    [Fact]
    public void Half_a_character_becomes_a_mark() => Assert.Equal("a\uFFFDb", WrittenText.Lines("a\uD83Db"));

    [Theory]
    [InlineData("  一  二\n三\t四 ", 20, "一 二 三 四")]
    [InlineData("一二三四五", 3, "一二三")]
    [InlineData("一二😀四", 3, "一二")]
    [InlineData(null, 3, "")]
    public void A_line_is_one_line_of_that_length(string? typed, int longest, string kept) => Assert.Equal(kept, WrittenText.Line(typed, longest));
}
