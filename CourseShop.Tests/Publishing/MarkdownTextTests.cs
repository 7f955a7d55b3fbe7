using System.Diagnostics;
using System.Text;
using CourseShop.Publishing;

namespace CourseShop.Tests.Publishing;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("你好，世界。", 4)]
    [InlineData("hello world", 2)]
    [InlineData("用 SQL 写 3.14 次 don't", 6)]
    [InlineData("第1章", 3)]
    [InlineData("こんにちは", 5)]
    [InlineData("𠮷野家", 3)]
    [InlineData("😀 —— ……", 0)]
    [InlineData("a-b_c d", 2)]
    public void Chinese_is_counted_by_characters_and_the_rest_by_words(string text, int words) => Assert.Equal(words, MarkdownText.CountWords(text));

    [Theory]
    [InlineData("# 标题\n\n正文", "标题 正文")]
    [InlineData("**粗** 和 `码` 和 ~~删~~", "粗 和 码 和 删")]
    [InlineData("[文字](https://example.com/a?b=c)后面", "文字后面")]
    [InlineData("![图](/figures/a.svg)前", "前")]
    [InlineData("> 引用\n> 两行", "引用 两行")]
    [InlineData("- 一\n- 二\n1. 三", "一 二 三")]
    [InlineData("```\nvar a = 1;\n```\n之后", "之后")]
    [InlineData("a \\* b", "a * b")]
    [InlineData("[没有地址] (x) [断了](y", "[没有地址] (x) [断了](y")]
    public void The_markup_is_no_part_of_what_is_said(string markdown, string plain) => Assert.Equal(plain, MarkdownText.Plain(markdown));

    [Fact]
    public void A_heading_can_be_left_out() => Assert.Equal("正文", MarkdownText.Plain("## 标题\n正文", withHeadings: false));

    [Theory]
    [InlineData("![](/pictures/a1.png)", "/pictures/a1.png")]
    [InlineData("![x](https://elsewhere.example/a.png) ![y](/figures/b.svg)", "/figures/b.svg")]
    [InlineData("![x](//elsewhere.example/a.png)", null)]
    [InlineData("![x](/a b.png)", null)]
    [InlineData("[x](/a.png)", null)]
    [InlineData("![x", null)]
    public void The_first_picture_of_the_shop_is_the_cover(string markdown, string? address) => Assert.Equal(address, MarkdownText.FirstPicture(markdown));

    [Fact]
    public void Whatever_is_written_is_read_to_its_end()
    {
        var random = new Random(20261126);
        const string signs = "[](!`*#>-\\|~\n 12.）。字好a😀";
        var runes = signs.EnumerateRunes().ToArray();
        for (var time = 0; time < 3_000; time++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(120); length > 0; length--)
                text.Append(runes[random.Next(runes.Length)].ToString());
            var markdown = text.ToString();

            var plain = MarkdownText.Plain(markdown);
            var summary = MarkdownText.Summary(plain);

            Assert.True(plain.Length <= markdown.Length + 1, markdown);
            Assert.True(summary.Length <= MarkdownText.LongestSummary + 1, markdown);
            Assert.InRange(MarkdownText.CountWords(plain), 0, plain.Length);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("![](")]
    [InlineData("\\")]
    [InlineData("> ")]
    public void The_longest_text_takes_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Article.LongestText / piece.Length));
        var watch = Stopwatch.StartNew();

        MarkdownText.Plain(text);
        MarkdownText.FirstPicture(text);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
    }

    [Fact]
    public void A_summary_is_never_cut_inside_a_character()
    {
        for (var shift = 0; shift < 6; shift++)
        {
            var summary = MarkdownText.Summary(new string('a', shift) + string.Concat(Enumerable.Repeat("👨‍👩‍👧", 60)));
            Assert.EndsWith("👧…", summary, StringComparison.Ordinal);
        }
    }
}
