using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CourseShop.AlipaySimulator;

/// <summary>The forms in which Alipay's answers have been seen; the signature always covers the node as it was written.</summary>
public enum AnswerStyle
{
    Plain,
    SignFirst,
    Indented,
    EscapedSlashes,
}

/// <summary>An answer as text, signed over the raw text of its node.</summary>
public static class AnswerText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Wide = new(Compact) { WriteIndented = true };

    /// <summary>A signed answer, or an unsigned one where Alipay doesn't sign.</summary>
    public static string Write(GatewayReply.Answer answer, SimulatorKeys keys, Encoding encoding, AnswerStyle style)
        => Write(answer, style, node => keys.SignAndTell(node, encoding));

    /// <summary>The same with a signature that doesn't fit.</summary>
    public static string WriteWronglySigned(GatewayReply.Answer answer, SimulatorKeys keys, Encoding encoding)
        => Write(answer, AnswerStyle.Plain, node => keys.SignAndTell(node + " ", encoding));

    private static string Write(GatewayReply.Answer answer, AnswerStyle style, Func<string, (string Sign, string? CertificateSn)> signAndTell)
    {
        var node = answer.Facts.ToJsonString(style == AnswerStyle.Indented ? Wide : Compact);
        if (style == AnswerStyle.EscapedSlashes)
            node = node.Replace("/", "\\/", StringComparison.Ordinal);
        if (!answer.IsSigned)
            return $$"""{"{{answer.Node}}":{{node}}}""";

        var (sign, sn) = signAndTell(node);
        return style switch
        {
            AnswerStyle.SignFirst => $$"""{"sign":"{{sign}}",{{Named(sn)}}"{{answer.Node}}":{{node}}}""",
            AnswerStyle.Indented => $$"""
                {
                  "{{answer.Node}}" : {{node}},
                  {{Named(sn)}}"sign" : "{{sign}}"
                }
                """,
            _ => $$"""{"{{answer.Node}}":{{node}},{{Named(sn)}}"sign":"{{sign}}"}""",
        };
    }

    private static string Named(string? sn) => sn is null ? "" : $"\"alipay_cert_sn\":\"{sn}\",";
}
