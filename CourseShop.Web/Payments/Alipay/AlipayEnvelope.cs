using System.Text;
using System.Text.Json;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// The outer object of an answer: <c>{"alipay_trade_query_response":{…},"sign":"…"}</c>, its members in any order.
/// What is signed is the raw text of the node, blanks inside included, so it is cut out by a tokenizer and never written anew.
/// </summary>
/// <param name="Node">The raw text of the node's value.</param>
/// <param name="IsError">The node is <c>error_response</c>.</param>
/// <param name="Sign">The signature; null where the member is absent, empty where it holds nothing.</param>
/// <param name="CertificateSn">Which certificate signed it (alipay_cert_sn); null where the member is absent, empty where it holds nothing.</param>
public sealed record AlipayEnvelope(string Node, bool IsError, string? Sign, string? CertificateSn = null)
{
    private const string ErrorNode = "error_response";

    /// <summary>The node's members, other than texts raw. Throws <see cref="JsonException"/> or <see cref="InvalidOperationException"/> for a node that is no object, or whose texts are none.</summary>
    public IReadOnlyDictionary<string, string> Fields()
    {
        using var json = JsonDocument.Parse(Node);
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
            members[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
        return members;
    }

    /// <summary>
    /// Opens the answer to a method. Null for what is refused: no JSON object, cut off, followed by something, the node, the signature or
    /// the certificate's number twice, the node beside error_response, neither of them.
    /// </summary>
    /// <param name="text">The whole answer, decoded.</param>
    /// <param name="method">What was called; the node is named after it.</param>
    public static AlipayEnvelope? Open(string text, string method) => Open(Encoding.UTF8.GetBytes(text), method);

    /// <summary>The same of UTF-8 bytes, before anybody says whose they are.</summary>
    public static AlipayEnvelope? Open(byte[] text, string method)
    {
        try
        {
            return Opened(text, method.Replace('.', '_') + "_response");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException) // the latter: a text that is none
        {
            return null;
        }
    }

    private static AlipayEnvelope? Opened(byte[] text, string nodeName)
    {
        string? node = null, sign = null, sn = null;
        var isError = false;
        var json = new Utf8JsonReader(text);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (name == "sign")
            {
                if (sign is not null)
                    return null;
                sign = TextOf(ref json);
            }
            if (name == "alipay_cert_sn")
            {
                if (sn is not null)
                    return null;
                sn = TextOf(ref json);
            }

            json.Skip();
            if (name == nodeName || name == ErrorNode)
            {
                if (node is not null)
                    return null;
                node = Encoding.UTF8.GetString(text, start, (int)json.BytesConsumed - start);
                isError = name == ErrorNode;
            }
        }
        return json.Read() || node is null ? null : new(node, isError, sign, sn);   // reading on refuses trailing text
    }

    private static string TextOf(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String ? json.GetString()! : "";
}
