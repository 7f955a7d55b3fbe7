using System.Globalization;
using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>What stands as 商品名称 at Alipay (field subject), and other lines that people read there.</summary>
public static class AlipaySubject
{
    private const int LongestSubject = 256;

    /// <summary>
    /// A subject that Alipay takes: <c>/ = &amp;</c>, control characters and broken surrogates become blanks, blanks are joined, and what is longer than
    /// that many characters (UTF-16) is cut between text elements, so that no emoji is torn. Empty where nothing is left.
    /// </summary>
    public static string Clean(string subject, int longest = LongestSubject)
    {
        var clean = new StringBuilder(subject.Length);
        foreach (var rune in subject.EnumerateRunes())
        {
            var isBlank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || rune == Rune.ReplacementChar || rune.Value is '/' or '=' or '&';
            if (!isBlank)
                clean.Append(rune.ToString());
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }
        return Cut(clean.ToString().Trim(), longest).TrimEnd();
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var starts = StringInfo.ParseCombiningCharacters(text);
        return text[..Array.FindLast(starts, start => start <= longest)];
    }
}
