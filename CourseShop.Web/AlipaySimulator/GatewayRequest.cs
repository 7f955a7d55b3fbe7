using System.Net;
using System.Text;
using System.Text.Json;
using CourseShop.Common;

namespace CourseShop.AlipaySimulator;

/// <summary>What came to the gateway: query and body merged, decoded in the charset that the request names.</summary>
public sealed class GatewayRequest
{
    private readonly SortedDictionary<string, string> parameters = new(StringComparer.Ordinal);
    private readonly bool knowsCharset;
    private readonly string? repeated;

    private GatewayRequest(IReadOnlyList<KeyValuePair<string, byte[]>> fields)
    {
        var charset = fields.FirstOrDefault(field => field.Key == "charset").Value;
        var encoding = charset is null ? null : FormText.EncodingOf(Encoding.Latin1.GetString(charset));
        knowsCharset = encoding is not null;
        Encoding = encoding ?? Encoding.UTF8;

        foreach (var (name, bytes) in fields)
        {
            var value = Encoding.GetString(bytes);
            // SDKs send charset in the query and again in the form
            if (!parameters.TryAdd(name, value) && !(name == "charset" && parameters[name] == value))
                repeated ??= name;
        }
    }

    /// <summary>The charset asked for, or UTF-8.</summary>
    public Encoding Encoding { get; }

    /// <summary>The charset by the name that the request gave it.</summary>
    public string Charset => knowsCharset ? this["charset"] : "utf-8";

    /// <summary>A parameter, empty when it is missing.</summary>
    public string this[string name] => parameters.GetValueOrDefault(name, "");

    /// <summary>Which API is called.</summary>
    public string Method => this["method"];

    /// <summary>biz_content; an empty object when <see cref="Fault"/> has something against it.</summary>
    public JsonElement Business { get; private set; } = JsonElement.Parse("{}");

    /// <summary>Reads the raw query (without ?) and the raw body.</summary>
    public static GatewayRequest Read(ReadOnlySpan<byte> query, ReadOnlySpan<byte> body) => new([.. FormText.Read(query), .. FormText.Read(body)]);

    /// <summary>What is wrong with the envelope, in Alipay's order: the app first, then the signature, then the rest; null when nothing is.</summary>
    public GatewayFault? Fault(SimulatorKeys keys)
    {
        if (this["app_id"].Length == 0)
            return GatewayFault.Missing("app-id", "缺少AppID参数") with { IsSigned = false };
        if (this["app_id"] != SimulatorKeys.AppId)
            return GatewayFault.Invalid("invalid-app-id", "无效的AppID参数") with { IsSigned = false };
        if (!knowsCharset)
            return GatewayFault.Invalid("invalid-charset", "字符集错误");
        return repeated is not null ? GatewayFault.Invalid("invalid-parameter", $"参数重复：{repeated}") : CertificateFault(keys) ?? SignatureFault(keys) ?? ContentFault();
    }

    private GatewayFault? CertificateFault(SimulatorKeys keys)
    {
        if (keys.Certificates is not { } certificates)
            return null;
        if (this["app_cert_sn"].Length == 0)
            return GatewayFault.Missing("app-cert-sn", "缺少应用公钥证书序列号");
        if (this["app_cert_sn"] != certificates.AppSn)
            return GatewayFault.Invalid("app-cert-not-exist", "应用公钥证书不存在");
        if (this["alipay_root_cert_sn"].Length == 0)
            return GatewayFault.Missing("alipay-root-cert-sn", "缺少支付宝根证书序列号");
        return this["alipay_root_cert_sn"] == certificates.RootSn ? null : GatewayFault.Invalid("invalid-alipay-root-cert-sn", "支付宝根证书序列号有误");
    }

    private GatewayFault? SignatureFault(SimulatorKeys keys)
    {
        if (this["sign_type"].Length == 0)
            return GatewayFault.Missing("signature-type", "缺少签名类型参数");
        if (this["sign_type"] != "RSA2")
            return GatewayFault.Invalid("invalid-signature-type", "无效的签名类型");
        if (this["sign"].Length == 0)
            return GatewayFault.Missing("signature", "缺少签名参数");

        var text = FormText.ToSign(parameters, "sign");
        return keys.IsFromShop(text, this["sign"], Encoding)
            ? null
            : GatewayFault.Invalid("invalid-signature", $"验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：{WebUtility.HtmlEncode(text)}");
    }

    private GatewayFault? ContentFault()
    {
        if (this["timestamp"].Length == 0)
            return GatewayFault.Missing("timestamp", "缺少时间戳参数");
        if (this["timestamp"].Length != 19 || !ChinaTime.TryParseAlipay(this["timestamp"], out _))
            return GatewayFault.Invalid("invalid-timestamp", "非法的时间戳参数");
        if (this["version"].Length == 0)
            return GatewayFault.Missing("version", "缺少版本参数");
        if (this["version"] != "1.0")
            return GatewayFault.Invalid("invalid-parameter", "参数有误：version");
        if (this["format"] is not ("" or "JSON"))
            return GatewayFault.Invalid("invalid-format", "无效的数据格式");
        if (Method.Length == 0)
            return GatewayFault.Missing("method", "缺少方法名参数");
        foreach (var name in (string[])["notify_url", "return_url"])
        {
            if (this[name].Length > 0 && !IsWebAddress(this[name]))
                return GatewayFault.Invalid("invalid-parameter", $"参数有误：{name}");
        }
        return ReadBusiness() ? null : GatewayFault.Invalid("illegal-json", "业务参数不是合法的JSON");
    }

    private bool ReadBusiness()
    {
        try
        {
            if (this["biz_content"].Length == 0)
                return true;

            var content = JsonElement.Parse(this["biz_content"], new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            if (content.ValueKind != JsonValueKind.Object)
                return false;
            foreach (var field in content.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String))
                _ = field.Value.GetString();
            Business = content;
            return true;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException) // the latter: half a surrogate pair
        {
            return false;
        }
    }

    /// <summary>Absolute, http or https, at most 256 characters, escaped (it becomes a header).</summary>
    internal static bool IsWebAddress(string text)
        => text.Length <= 256 && text.All(c => c is > ' ' and < '\x7f') && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
