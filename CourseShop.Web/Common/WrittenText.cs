using System.Text;

namespace CourseShop.Common;

/// <summary>What people write, as it is kept: whole characters, lines that end one way, nothing that no page and no XML can carry, no marks that turn the direction of what follows.</summary>
public static class WrittenText
{
    /// <summary>Several lines; blanks at their ends and empty lines around them are left out.</summary>
    public static string Lines(string? text) => Clean(text ?? "", keepsLines: true).Trim();

    /// <summary>One line, no longer than this, cut between characters.</summary>
    public static string Line(string? text, int longest)
    {
        var line = Clean(text ?? "", keepsLines: false).Trim();
        if (line.Length <= longest)
            return line;
        return line[..(char.IsHighSurrogate(line[longest - 1]) ? longest - 1 : longest)].TrimEnd();
    }

    private static string Clean(string text, bool keepsLines)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes()) // half characters come as U+FFFD
        {
            if (letter.Value is '\n' or '\r')
                AddBreak(clean, keepsLines);
            else if (letter.Value == '\t' || (!keepsLines && Rune.IsWhiteSpace(letter)))
                AddBlank(clean, keepsLines ? "    " : " ", keepsLines);
            else if (!Rune.IsControl(letter) && letter.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFFFF or 0xFEFF or 0x2028 or 0x2029))
                clean.Append(letter.ToString());
        }

        return clean.ToString();
    }

    private static void AddBreak(StringBuilder clean, bool keepsLines)
    {
        if (keepsLines)
            clean.Append('\n');
        else
            AddBlank(clean, " ", keepsLines);
    }

    private static void AddBlank(StringBuilder clean, string blank, bool keepsLines)
    {
        if (keepsLines || (clean.Length > 0 && clean[^1] != ' '))
            clean.Append(blank);
    }
}
