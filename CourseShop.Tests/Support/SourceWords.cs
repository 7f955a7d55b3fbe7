using System.Text;
using System.Text.RegularExpressions;

namespace CourseShop.Tests.Support;

/// <summary>The sentences that the shop's source holds: keys of its words, and Chinese that stands where no localizer reads it.</summary>
internal static partial class SourceWords
{
    /// <summary>Every Chinese text of C# code and every text that a localizer is asked for.</summary>
    public static IEnumerable<string> InCode(string code) =>
        Literals(code).Where(literal => HasChinese(literal.Text) && literal.Text.Length > 1).Select(literal => literal.Text)
            .Concat(Asked().Matches(code).Select(match => Regex.Unescape(match.Groups["key"].Value)));

    /// <summary>Keys of a page or component, and what is left that nobody translates. What is hidden from readers (seals) and names of languages may stay.</summary>
    public static (IReadOnlyList<string> Keys, IReadOnlyList<string> Left) InMarkup(string markup)
    {
        var text = Comments().Replace(markup, "");
        List<string> keys = [.. Asked().Matches(text).Select(match => Regex.Unescape(match.Groups["key"].Value))];
        text = Asked().Replace(text, "");
        text = Decoration().Replace(text, "");
        keys.AddRange(InExpression().Matches(text).Select(match => match.Groups["key"].Value));
        text = InExpression().Replace(text, "");
        return (keys, [.. text.Split('\n').Where(HasChinese).Select(line => line.Trim())]);
    }

    public static bool HasChinese(string text) => text.Any(sign => sign is >= '\u3400' and <= '\u9fff');

    /// <summary>The texts of C# code, without comments; a text with holes comes with the holes left out, and what stands in a hole comes by itself.</summary>
    private static IEnumerable<(string Text, int At)> Literals(string code)
    {
        var found = new List<(string, int)>();
        for (var at = 0; at < code.Length;)
            at = Step(code, at, found);
        return found;
    }

    private static int Step(string code, int at, List<(string, int)> found)
    {
        if (StartsAt(code, at, "//"))
            return code.IndexOf('\n', at) is >= 0 and var end ? end : code.Length;
        if (StartsAt(code, at, "/*"))
            return code.IndexOf("*/", at + 2, StringComparison.Ordinal) + 2;
        if (code[at] == '\'')
            return code.IndexOf('\'', at + (code[at + 1] == '\\' ? 3 : 2)) + 1;
        if (LiteralStart().Match(code, at) is { Success: true } start)
            return ReadLiteral(code, at + start.Length, start.Groups["prefix"].Value, start.Groups["quotes"].Length, found);
        return at + 1;
    }

    private static int ReadLiteral(string code, int at, string prefix, int quotes, List<(string, int)> found)
    {
        var (text, begin) = (new StringBuilder(), at);
        var holes = prefix.Count(sign => sign == '$');
        var isVerbatim = prefix.Contains('@', StringComparison.Ordinal);
        var end = new string('"', quotes);
        while (true)
        {
            if (isVerbatim && StartsAt(code, at, "\"\""))
                at += 2;
            else if (StartsAt(code, at, end))
                break;
            else if (quotes == 1 && !isVerbatim && code[at] == '\\')
                at += 2;
            else if (holes > 0 && (StartsAt(code, at, "{{") && holes == 1))
                at += 2;
            else if (holes > 0 && StartsAt(code, at, new string('{', holes)))
                at = SkipHole(code, at + holes, holes, found);
            else
                text.Append(code[at++]);
        }

        found.Add((text.ToString(), begin));
        return at + quotes;
    }

    private static int SkipHole(string code, int at, int braces, List<(string, int)> found)
    {
        for (var depth = 0; depth > 0 || code[at] != '}';)
        {
            depth += code[at] switch { '{' => 1, '}' => -1, _ => 0 };
            at = Step(code, at, found);
        }

        return at + braces;
    }

    private static bool StartsAt(string code, int at, string text) => string.CompareOrdinal(code, at, text, 0, text.Length) == 0;

    [GeneratedRegex("""\G(?<prefix>[$@]*)(?<quotes>"{3,}|")""")]
    private static partial Regex LiteralStart();

    [GeneratedRegex("""\b(L|words)\["(?<key>(?:[^"\\]|\\.)*)"(?=[\],])""")]
    private static partial Regex Asked();

    [GeneratedRegex("""@\*.*?\*@|<!--.*?-->|^\s*//.*?$""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex("""<(?<tag>\w+)\b[^\n>]*\b(aria-hidden="true"|lang="zh-CN")[^\n]*?</\k<tag>>""")]
    private static partial Regex Decoration();

    /// <summary>A text of C# within markup: after a bracket, a comma, a question mark or a colon; never an attribute's value.</summary>
    [GeneratedRegex("""(?<=[(\[,?:]\s*)"(?<key>[^"\n<>]*[\u3400-\u9fff][^"\n<>]*)["]""")]
    private static partial Regex InExpression();
}
