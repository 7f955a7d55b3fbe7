using System.Text.Json;
using System.Text.Json.Nodes;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay's answer to the question for one of its certificates. Nobody's signature is checked on it: the certificate in it is judged instead.</summary>
/// <param name="File">The file as Alipay made it: the certificate and perhaps its issuers'.</param>
/// <param name="Certificates">What is in it.</param>
public sealed record CertificateDownload(byte[] File, IReadOnlyList<AlipayCertificate> Certificates)
{
    /// <summary>Asks for it.</summary>
    public const string Method = "alipay.open.app.alipaycert.download";

    private const int LongestFile = 64 * 1024;

    /// <summary>biz_content of the question.</summary>
    public static JsonObject Content(string sn) => new() { ["alipay_cert_sn"] = sn };

    /// <summary>The download, or null for an answer that holds none.</summary>
    public static CertificateDownload? Read(byte[] body)
    {
        try
        {
            if (AlipayEnvelope.Open(body, Method) is not { IsError: false } envelope || envelope.Fields() is not { } node
                || node.GetValueOrDefault("code") != "10000" || !node.TryGetValue("alipay_cert_content", out var content))
                return null;
            var file = Convert.FromBase64String(content);
            return file.Length > LongestFile ? null : new(file, CertificateText.Read(file));
        }
        catch (Exception failure) when (failure is AlipayKeyException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
