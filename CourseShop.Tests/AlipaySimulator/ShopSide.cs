using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>What a shop does, written anew for these tests: signs requests, checks answers, returns and notifications.</summary>
public sealed class ShopSide(string appPrivateKey, string alipayPublicKey)
{
    public static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    /// <summary>A signed request; what is given as null is left out, "sign" may be forged.</summary>
    public IDictionary<string, string> Request(string method, object? business, params (string Name, string? Value)[] changes)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = "2021000000000001",
            ["method"] = method,
            ["format"] = "JSON",
            ["charset"] = "utf-8",
            ["sign_type"] = "RSA2",
            ["timestamp"] = "2026-11-20 19:00:00",
            ["version"] = "1.0",
        };
        if (business is not null)
            fields["biz_content"] = business as string ?? JsonSerializer.Serialize(business);
        foreach (var (name, value) in changes.Where(change => change.Name != "sign"))
        {
            fields.Remove(name);
            if (value is not null)
                fields[name] = value;
        }

        using var key = RSA.Create();
        key.ImportFromPem(appPrivateKey);
        var text = EncodingOf(fields.GetValueOrDefault("charset")).GetBytes(TextOf(fields, "sign"));
        fields["sign"] = Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        foreach (var (_, forged) in changes.Where(change => change.Name == "sign"))
            fields["sign"] = forged ?? "";
        return fields;
    }

    /// <summary>Escaped byte by byte in the request's charset.</summary>
    public static string Escape(IEnumerable<KeyValuePair<string, string>> fields, string? charset = null)
    {
        var all = fields.ToList();
        var encoding = EncodingOf(charset ?? all.Find(field => field.Key == "charset").Value);
        return string.Join('&', all.Select(field => $"{field.Key}={string.Concat(encoding.GetBytes(field.Value).Select(Escaped))}"));
    }

    /// <summary>Decodes a form or a query; fails when a name comes twice.</summary>
    public static IDictionary<string, string> Decode(string form)
    {
        var raw = form.Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => Bytes(field[1]), StringComparer.Ordinal);
        var encoding = EncodingOf(Encoding.ASCII.GetString(raw["charset"]));
        return raw.ToDictionary(field => field.Key, field => encoding.GetString(field.Value), StringComparer.Ordinal);
    }

    /// <summary>Whether Alipay signed a return or a notification.</summary>
    public bool IsGenuine(IDictionary<string, string> fields)
        => IsSigned(EncodingOf(fields["charset"]).GetBytes(TextOf(fields, "sign", "sign_type")), fields["sign"]);

    /// <summary>The node of an answer and whether its signature covers exactly the bytes that came.</summary>
    public (JsonElement Node, bool IsGenuine) Read(byte[] answer, string name, Encoding? encoding = null)
    {
        var text = (encoding ?? Encoding.UTF8).GetString(answer);
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8);
        string? node = null, sign = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                continue;
            var member = reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = Encoding.UTF8.GetString(utf8, start, (int)reader.BytesConsumed - start);
            if (member == name)
                node = value;
            else if (member == "sign")
                sign = value.Trim('"');
            else if (member != "alipay_cert_sn")
                Assert.Fail($"Unexpected member {member}");
        }
        Assert.NotNull(node);
        return (JsonElement.Parse(node), sign is not null && IsSigned((encoding ?? Encoding.UTF8).GetBytes(node), sign));
    }

    private static Encoding EncodingOf(string? charset) => charset?.StartsWith("gb", StringComparison.OrdinalIgnoreCase) == true ? Gbk : Encoding.UTF8;

    private static string TextOf(IDictionary<string, string> fields, params string[] leftOut) => string.Join('&', fields
        .Where(field => field.Value.Length > 0 && !leftOut.Contains(field.Key))
        .OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + "=" + field.Value));

    private static string Escaped(byte value) => value < 128 && char.IsAsciiLetterOrDigit((char)value) ? ((char)value).ToString() : $"%{value:X2}";

    private static byte[] Bytes(string escaped)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '%')
            {
                bytes.Add(byte.Parse(escaped.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)(escaped[i] == '+' ? ' ' : escaped[i]));
            }
        }
        return [.. bytes];
    }

    private bool IsSigned(byte[] text, string sign)
    {
        using var key = RSA.Create();
        key.ImportFromPem(alipayPublicKey);
        return key.VerifyData(text, Convert.FromBase64String(sign), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
