namespace CourseShop.Payments.Alipay;

/// <summary>
/// The text of a key file as people make it: PEM under whatever header, or bare base64, with CR LF, a BOM, indentation,
/// blanks, all in one line, or with a literal <c>\n</c> where an environment variable had to hold several lines.
/// </summary>
internal static class KeyText
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>One key candidate: the PEM label (empty for bare base64) and its base64 text without white space.</summary>
    internal sealed record Block(string Label, string Base64);

    /// <summary>All PEM blocks, and what looks like bare keys between them. A block without an end yields nothing that decodes.</summary>
    internal static List<Block> Blocks(string text)
    {
        var rest = text.Trim('\uFEFF').Replace("\\r", "\n", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).ReplaceLineEndings("\n");
        var blocks = new List<Block>();
        while (rest.IndexOf(Begin, StringComparison.Ordinal) is var begin and >= 0)
        {
            AddBare(blocks, rest[..begin], onlyKeys: true);
            rest = AddPem(blocks, rest[(begin + Begin.Length)..]);
        }
        AddBare(blocks, rest, onlyKeys: blocks.Count > 0);
        return blocks;
    }

    private static string AddPem(List<Block> blocks, string text)
    {
        var labelEnd = text.IndexOf(Dashes, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (labelEnd < 0 || end < labelEnd)
        {
            blocks.Add(new("", ""));
            return "";
        }

        blocks.Add(new(text[..labelEnd], WithoutWhiteSpace(text[(labelEnd + Dashes.Length)..end])));
        var rest = text[(end + End.Length)..];
        var closed = rest.IndexOf(Dashes, StringComparison.Ordinal);
        return closed < 0 ? "" : rest[(closed + Dashes.Length)..];
    }

    // tools write remarks around PEM blocks; every RSA key's base64 begins with MI
    private static void AddBare(List<Block> blocks, string text, bool onlyKeys)
    {
        var parts = Split(text.Trim()).Select(WithoutWhiteSpace).Where(part => part.Length > 0);
        blocks.AddRange(parts.Where(part => !onlyKeys || part.StartsWith("MI", StringComparison.Ordinal)).Select(part => new Block("", part)));
    }

    // one key over all lines, else a key per paragraph, else a key per line
    private static string[] Split(string text)
    {
        string[][] ways = [[text], text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries), text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        return Array.Find(ways, way => way.All(part => DerKey.TryRead(WithoutWhiteSpace(part), out _))) ?? ways[0];
    }

    private static string WithoutWhiteSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
