using System.Text;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// A signed form or query from Alipay, read from its raw bytes: frameworks join repeated names, leave GBK escapes as text
/// and mix in parameters of our own address, and each of these breaks the signature or worse.
/// </summary>
public sealed class AlipayForm
{
    /// <summary>Longer bodies are refused unread, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>More fields are refused.</summary>
    public const int MaxFields = 100;

    private readonly List<(byte[] Name, byte[] Value)> signed;

    private AlipayForm(IReadOnlyDictionary<string, string> fields, List<(byte[] Name, byte[] Value)> signed)
    {
        Fields = fields;
        this.signed = signed;
    }

    /// <summary>All fields, decoded, <c>sign</c> and <c>sign_type</c> included.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; }

    /// <summary>Some field has no value, so that the two readings of what is signed differ.</summary>
    public bool HasEmptyValue => signed.Exists(pair => pair.Value.Length == 0);

    /// <summary>The field's value, or null where it is absent or empty.</summary>
    public string? this[string name] => Fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>
    /// Reads <c>application/x-www-form-urlencoded</c> bytes in the charset that they name themselves. Null for what is refused: too long,
    /// too many fields, a repeated name, one with &amp; or = in it, a broken escape, an unknown charset, or bytes that are none of it.
    /// </summary>
    public static AlipayForm? Read(ReadOnlySpan<byte> raw)
    {
        var pairs = raw.Length <= MaxBytes ? Pairs(raw) : null;
        if (pairs is null || CharsetOf(pairs) is not { } charset)
            return null;

        try
        {
            var fields = new Dictionary<string, string>(pairs.Count, StringComparer.Ordinal);
            foreach (var (name, value) in pairs)
            {
                if (!fields.TryAdd(charset.GetString(name), charset.GetString(value)))
                    return null;
            }

            pairs.RemoveAll(pair => pair.Name.AsSpan().SequenceEqual("sign"u8) || pair.Name.AsSpan().SequenceEqual("sign_type"u8));
            pairs.Sort((a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
            return new(fields, pairs);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The bytes that the signature covers, as they came: by name, without sign and sign_type; empty values left out or kept.</summary>
    public byte[] SignedBytes(bool keepEmpty)
    {
        using var text = new MemoryStream();
        foreach (var (name, value) in signed.Where(pair => keepEmpty || pair.Value.Length > 0))
        {
            if (text.Length > 0)
                text.WriteByte((byte)'&');
            text.Write(name);
            text.WriteByte((byte)'=');
            text.Write(value);
        }
        return text.ToArray();
    }

    private static List<(byte[] Name, byte[] Value)>? Pairs(ReadOnlySpan<byte> raw)
    {
        var pairs = new List<(byte[], byte[])>();
        foreach (var range in raw.Split((byte)'&'))
        {
            var part = raw[range];
            if (part.IsEmpty)
                continue;
            var equals = part.IndexOf((byte)'=');
            var name = Unescape(equals < 0 ? part : part[..equals]);
            var value = Unescape(equals < 0 ? [] : part[(equals + 1)..]);
            if (name is null or [] || value is null || name.AsSpan().ContainsAny("&="u8) || pairs.Count == MaxFields)
                return null;
            pairs.Add((name, value));
        }
        return pairs;
    }

    private static byte[]? Unescape(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var one = text[i] == '+' ? (byte)' ' : text[i];
            if (one == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                    return null;
                one = Convert.FromHexString([(char)text[i + 1], (char)text[i + 2]])[0];
                i += 2;
            }
            bytes[length++] = one;
        }
        return bytes[..length];
    }

    private static Encoding? CharsetOf(List<(byte[] Name, byte[] Value)> pairs)
    {
        var named = pairs.Find(pair => pair.Name.AsSpan().SequenceEqual("charset"u8));
        return AlipayCharset.Find(named.Value is null ? null : Encoding.Latin1.GetString(named.Value));
    }
}
