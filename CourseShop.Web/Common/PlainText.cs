using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CourseShop.Common;

/// <summary>Text that looks like what it is: compatibility-normalised, and nothing in it that can't be seen.</summary>
public static class PlainText
{
    // letters and marks by category that are drawn as nothing: Hangul fillers, the grapheme joiner, Khmer and Mongolian leftovers
    private static readonly HashSet<int> Invisible = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0];

    /// <summary>The text in form KC without blanks around it; false for half characters and what else is no text.</summary>
    public static bool TryNormalise(string? text, [NotNullWhen(true)] out string? plain)
    {
        try
        {
            plain = text?.Normalize(NormalizationForm.FormKC).Trim();
        }
        catch (ArgumentException)
        {
            plain = null;
        }

        return plain is not null;
    }

    /// <summary>Whether every character can be seen: no controls, no blanks, no marks of direction or of zero width.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().All(IsVisible);

    /// <summary>Whether this character can be seen.</summary>
    public static bool IsVisible(Rune rune) => !Invisible.Contains(rune.Value) && rune.Value is not (>= 0xFE00 and <= 0xFE0F) and not (>= 0xE0100 and <= 0xE01EF)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
