using System.Globalization;
using System.Text;

namespace CourseShop.Publishing;

/// <summary>What is said in a Markdown text, without its markup. Long texts take time in proportion to their length.</summary>
public static class MarkdownText
{
    public const int LongestSummary = 110;
    private const string Fence = "```";
    private const int LongestLink = 400;

    /// <summary>The text without marks, addresses, pictures and blocks of code; a line break is a blank.</summary>
    /// <param name="withHeadings">Whether headings are part of what is said.</param>
    public static string Plain(string markdown, bool withHeadings = true)
    {
        var plain = new StringBuilder(markdown.Length);
        var isCode = false;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (text.StartsWith(Fence, StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode && (withHeadings || text is not ['#', ..]))
                AddLine(plain, WithoutLead(text));
        }

        return plain.ToString().TrimEnd();
    }

    /// <summary>字数: every Chinese character is one, and so is every word or number of another script.</summary>
    public static int CountWords(string plain)
    {
        var words = 0;
        var isInWord = false;
        foreach (var letter in plain.EnumerateRunes())
        {
            if (IsCharacter(letter.Value))
            {
                words++;
                isInWord = false;
            }
            else if (Rune.IsLetterOrDigit(letter))
            {
                words += isInWord ? 0 : 1;
                isInWord = true;
            }
            else if (!Joins(letter))
            {
                isInWord = false;
            }
        }

        return words;
    }

    /// <summary>The beginning, cut between characters.</summary>
    public static string Summary(string plain)
    {
        if (plain.Length <= LongestSummary)
            return plain;
        var end = 0;
        while (end < plain.Length && end + StringInfo.GetNextTextElementLength(plain, end) is var next && next < LongestSummary)
            end = next;
        return plain[..end].TrimEnd() + "…";
    }

    /// <summary>The address of the first picture that lies in the shop; null where there is none.</summary>
    public static string? FirstPicture(string markdown)
    {
        for (var at = markdown.IndexOf("![", StringComparison.Ordinal); at >= 0; at = markdown.IndexOf("![", at + 2, StringComparison.Ordinal))
        {
            if (LinkEnd(markdown, at + 1) is not { } link)
                continue;
            var address = markdown[(link.Text + 2)..link.End].Trim();
            if (address is ['/', not '/', ..] && address.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '-' or '_' or '.'))
                return address;
        }

        return null;
    }

    /// <summary>What stands before a heading, a quotation, a list's item.</summary>
    private static ReadOnlySpan<char> WithoutLead(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart("#>").TrimStart();
        if (text is ['-' or '*' or '+', ' ', ..])
            return text[2..];
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits is > 0 and < 4 && text[digits..] is ['.' or ')', ' ', ..] ? text[(digits + 2)..] : text;
    }

    private static void AddLine(StringBuilder plain, ReadOnlySpan<char> span)
    {
        var line = span.ToString();
        var closings = new Queue<(int Text, int End)>();
        for (var at = 0; at < line.Length; at++)
        {
            if (closings.TryPeek(out var closing) && at == closing.Text)
                at = closings.Dequeue().End; // the bracket and the address behind it
            else if (line[at] == '!' && at + 1 < line.Length && line[at + 1] == '[' && LinkEnd(line, at + 1) is { } picture)
                at = picture.End;
            else if (line[at] == '[' && closings.Count == 0 && LinkEnd(line, at) is { } link)
                closings.Enqueue(link);
            else if (line[at] == '\\' && at + 1 < line.Length && char.IsPunctuation(line[at + 1]))
                plain.Append(line[++at]);
            else if (line[at] is '|')
                AddBlank(plain);
            else if (line[at] is not ('*' or '`' or '~'))
                plain.Append(line[at]);
        }

        AddBlank(plain);
    }

    private static void AddBlank(StringBuilder plain)
    {
        if (plain.Length > 0 && plain[^1] != ' ')
            plain.Append(' ');
    }

    /// <summary>Where the text of a link in [brackets](address) ends, and where the address does; null for what is none. It may not go on over a line's end.</summary>
    private static (int Text, int End)? LinkEnd(string text, int open)
    {
        var link = text.AsSpan(open, Math.Min(LongestLink, text.Length - open));
        var close = link.IndexOfAny("]\n");
        if (close < 0 || close + 1 >= link.Length || link[close] != ']' || link[close + 1] != '(')
            return null;
        var end = link[close..].IndexOfAny(")\n");
        return end < 0 || link[close + end] != ')' ? null : (open + close, open + close + end);
    }

    private static bool IsCharacter(int code) => code is 0x3007 or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool Joins(Rune letter) => letter.Value is '\'' or '’' or '-' or '_' or '.' or ',' || Rune.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark;
}
