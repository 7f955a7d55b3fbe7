using System.Net;
using System.Text;

namespace CourseShop.AlipaySimulator;

/// <summary>Names and values as they travel in a query or a form body: escaped bytes, whose charset is told by one of the values.</summary>
public static class FormText
{
    private const string Utf8Name = "utf-8";

    /// <summary>Splits and unescapes, leaving the values as bytes.</summary>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Read(ReadOnlySpan<byte> text)
    {
        var fields = new List<KeyValuePair<string, byte[]>>();
        foreach (var range in text.Split((byte)'&'))
        {
            var field = text[range];
            if (field.IsEmpty)
                continue;

            var equals = field.IndexOf((byte)'=');
            var name = equals < 0 ? field : field[..equals];
            var value = equals < 0 ? [] : field[(equals + 1)..];
            fields.Add(new(Encoding.UTF8.GetString(Unescape(name)), Unescape(value)));
        }
        return fields;
    }

    /// <summary>Joins and escapes in a charset, a blank as <c>+</c>.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> fields, Encoding encoding)
        => string.Join('&', fields.Select(field => $"{Escape(field.Key, encoding)}={Escape(field.Value, encoding)}"));

    /// <summary>The text that a signature covers: sorted by name, empty values and the names given left out.</summary>
    public static string ToSign(IEnumerable<KeyValuePair<string, string>> fields, params ReadOnlySpan<string> leftOut)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            if (value.Length > 0 && !leftOut.Contains(name))
                signed[name] = value;
        }
        return string.Join('&', signed.Select(field => $"{field.Key}={field.Value}"));
    }

    /// <summary>The encoding of a charset's name as Alipay knows them (utf-8, gbk, gb2312); null for any other.</summary>
    public static Encoding? EncodingOf(string charset) => charset.ToLowerInvariant() switch
    {
        Utf8Name => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        "gbk" or "gb2312" => CodePagesEncodingProvider.Instance.GetEncoding("GBK"),
        _ => null,
    };

    private static byte[] Unescape(ReadOnlySpan<byte> text) => WebUtility.UrlDecodeToBytes(text.ToArray(), 0, text.Length)!;

    private static string Escape(string text, Encoding encoding)
    {
        var bytes = encoding.GetBytes(text);
        return Encoding.ASCII.GetString(WebUtility.UrlEncodeToBytes(bytes, 0, bytes.Length)!);
    }
}
