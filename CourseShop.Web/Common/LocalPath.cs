namespace CourseShop.Common;

/// <summary>Where an address asks to be led to, as far as that is a place in this shop.</summary>
public static class LocalPath
{
    /// <summary>The path with its query, written so that a header can carry it; null for what a browser could read as another site's address.</summary>
    public static string? Read(string? asked) =>
        asked is ['/', ..] and not ['/', '/' or '\\', ..] && !asked.Any(char.IsControl) ? Escape(asked) : null;

    private static string Escape(string path) =>
        string.Concat(path.EnumerateRunes().Select(letter => letter.IsAscii && letter.Value != ' ' ? letter.ToString() : Uri.EscapeDataString(letter.ToString())));
}
