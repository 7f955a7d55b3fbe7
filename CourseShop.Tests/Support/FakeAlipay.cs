using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CourseShop.Common;
using CourseShop.Payments.Alipay;
using Microsoft.Extensions.Logging.Abstractions;

namespace CourseShop.Tests.Support;

/// <summary>
/// Alipay as far as a test needs it: signs with the test key of the vectors, with code of its own, so that the shop's real verifier runs.
/// For a whole gateway behind an HttpClient see <see cref="FakeAlipayHandler"/>.
/// </summary>
public static class FakeAlipay
{
    public const string AppId = "2021000199900001";
    public const string SellerId = "2088621990000011";
    public const string GatewayUrl = "https://alipay.test/gateway.do";

    private static readonly Dictionary<string, string> CertificateFiles = new(StringComparer.Ordinal)
    {
        ["Alipay:AppCertificatePath"] = "app_cert_pem",
        ["Alipay:AlipayCertificatePath"] = "alipay_cert_pem",
        ["Alipay:AlipayRootCertificatePath"] = "alipay_root_pem",
    };

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The key ring of a shop that trusts this fake.</summary>
    public static AlipayKeyRing Keys { get; } = KeysTrusting("alipay");

    /// <summary>The settings of a shop that trusts this fake, without files.</summary>
    public static AlipayOptions Options { get; } = new() { Mode = AlipayMode.PublicKey, GatewayUrl = GatewayUrl, AppId = AppId, SellerId = SellerId };

    /// <summary>A key ring with the app's test key and the named public keys of the vectors.</summary>
    public static AlipayKeyRing KeysTrusting(params string[] names) =>
        new(Vectors.PrivateKey("app"), [.. names.Select(Vectors.PublicKey)], AlipaySignType.Rsa2);

    /// <summary>The body of a genuine notification; amounts in fen. Without <paramref name="notifyId"/> every call is another event.</summary>
    public static string Notification(
        string outTradeNo, string tradeNo, Money amount, string status = "TRADE_SUCCESS", Money? refunded = null, DateTimeOffset? paidAt = null,
        string? notifyId = null, string appId = AppId, string sellerId = SellerId, string subject = "C# 从入门到精通")
    {
        var at = paidAt ?? new DateTimeOffset(2026, 3, 1, 1, 6, 2, TimeSpan.Zero);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["notify_time"] = at.ToAlipay(),
            ["notify_type"] = "trade_status_sync",
            ["notify_id"] = notifyId ?? Guid.NewGuid().ToString("N"),
            ["charset"] = "utf-8",
            ["version"] = "1.0",
            ["app_id"] = appId,
            ["auth_app_id"] = appId,
            ["trade_no"] = tradeNo,
            ["out_trade_no"] = outTradeNo,
            ["buyer_logon_id"] = "159****5620",
            ["seller_id"] = sellerId,
            ["trade_status"] = status,
            ["total_amount"] = amount.ToYuan(),
            ["subject"] = subject,
            ["gmt_create"] = at.AddMinutes(-1).ToAlipay(),
        };
        if (status is "TRADE_SUCCESS" or "TRADE_FINISHED" || paidAt is not null || refunded is not null)
            fields["gmt_payment"] = at.ToAlipay();
        if (refunded is { } back)
            (fields["refund_fee"], fields["gmt_refund"]) = (back.ToYuan(), at.AddHours(1).ToAlipay() + ".001");
        return Form(fields);
    }

    /// <summary>The query string, with its question mark, of a genuine return.</summary>
    public static string Return(string outTradeNo, string tradeNo, Money amount, string appId = AppId, string sellerId = SellerId) =>
        "?" + Form(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["charset"] = "utf-8",
            ["out_trade_no"] = outTradeNo,
            ["method"] = "alipay.trade.page.pay.return",
            ["total_amount"] = amount.ToYuan(),
            ["trade_no"] = tradeNo,
            ["auth_app_id"] = appId,
            ["version"] = "1.0",
            ["app_id"] = appId,
            ["seller_id"] = sellerId,
            ["timestamp"] = "2026-03-01 09:06:11",
        });

    /// <summary>Any fields, signed as notifications and returns are, as a form or query.</summary>
    public static string Form(IReadOnlyDictionary<string, string> fields, string key = "alipay")
    {
        var text = string.Join('&', fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"));
        return string.Join('&', fields.Append(new("sign_type", "RSA2")).Append(new("sign", Sign(text, key)))
            .Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
    }

    /// <summary>A signed answer of the server API to a method.</summary>
    public static string Answer(string method, IReadOnlyDictionary<string, string> node, bool isSigned = true)
    {
        var text = JsonSerializer.Serialize(node, Json);
        var sign = isSigned ? $",\"sign\":\"{Sign(text, "alipay")}\"" : "";
        return $$"""{"{{method.Replace('.', '_')}}_response":{{text}}{{sign}}}""";
    }

    /// <summary>Settings for a whole shop that trusts this fake; writes both key files into a folder.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(string folder)
    {
        var (mine, theirs) = (Path.Combine(folder, "app_private_key.pem"), Path.Combine(folder, "alipay_public_key.pem"));
        File.WriteAllText(mine, Vectors.KeyText("app", "private_pkcs8_pem"));
        File.WriteAllText(theirs, Vectors.KeyText("alipay", "public_spki_pem"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(mine, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Alipay:Mode"] = "PublicKey",
            ["Alipay:GatewayUrl"] = GatewayUrl,
            ["Alipay:AppId"] = AppId,
            ["Alipay:SellerId"] = SellerId,
            ["Alipay:AppPrivateKeyPath"] = mine,
            ["Alipay:AlipayPublicKeyPath"] = theirs,
        };
    }

    /// <summary>Settings for a whole shop in certificate mode, with the files of the vectors.</summary>
    public static IReadOnlyDictionary<string, string?> CertificateSettings(string folder)
    {
        var file = Vectors.File("cert_mode.json");
        var settings = new Dictionary<string, string?>(Settings(folder), StringComparer.Ordinal) { ["Alipay:Mode"] = "Certificate", ["Shop:DataFolder"] = folder };
        settings.Remove("Alipay:AlipayPublicKeyPath");
        foreach (var (setting, member) in CertificateFiles)
        {
            settings[setting] = Path.Combine(folder, member + ".crt");
            File.WriteAllText(settings[setting]!, file.Text(member));
        }
        return settings;
    }

    private static string Sign(string text, string key)
    {
        using var rsa = Vectors.PrivateKey(key);
        return Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}
