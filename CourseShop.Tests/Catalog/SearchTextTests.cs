using CourseShop.Catalog;

namespace CourseShop.Tests.Catalog;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("数据库", "数据 据库 库")]
    [InlineData("从零开始学 Python：写程序", "从零 零开 开始 始学 学 python 写程 程序 序")]
    [InlineData("C# 与 C++", "csharp 与 cplusplus")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("A/B 测试", "a b 测试 试")]
    [InlineData("……！", "")]
    [InlineData("", "")]
    public void Chinese_becomes_pairs_and_latin_words_stay(string text, string tokens) => Assert.Equal(tokens, SearchText.Index(text));

    [Theory]
    [InlineData("数据库", "数据 据库")]
    [InlineData("库", "库*")]
    [InlineData("Pyth 数据", "pyth*|数据")]
    [InlineData("c#", "csharp*")]
    [InlineData("\" OR * -", "or*")]
    [InlineData("%", "")]
    [InlineData("\ud83d", "")]
    public void A_question_is_cut_like_the_text(string typed, string terms) =>
        Assert.Equal(terms, string.Join('|', SearchText.Read(typed).Select(term => string.Join(' ', term.Tokens) + (term.IsBeginning ? "*" : ""))));

    [Fact]
    public void Every_piece_of_a_text_finds_it()
    {
        const string text = "数据分析入门：用 SQL 回答业务问题";
        var index = $" {SearchText.Index(text)} ";
        for (var from = 0; from < text.Length; from++)
        {
            for (var length = 1; from + length <= text.Length; length++)
            {
                var piece = text.Substring(from, length);
                if (piece.Any(char.IsAsciiLetter) && (from > 0 && char.IsAsciiLetter(text[from - 1])))
                    continue; // a Latin word is found from its beginning
                Assert.All(SearchText.Read(piece), term => Assert.Contains(" " + string.Join(' ', term.Tokens) + (term.IsBeginning ? "" : " "), index, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_question_has_no_more_than_six_words() => Assert.Equal(6, SearchText.Read("a b c d e f g h").Count);
}
