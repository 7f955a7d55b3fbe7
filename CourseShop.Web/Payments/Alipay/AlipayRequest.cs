using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CourseShop.Common;

namespace CourseShop.Payments.Alipay;

/// <summary>
/// A signed request, in the three shapes in which it may travel: an address for the browser, a form that the browser posts,
/// and the body of a server call. What is signed is exactly what is sent.
/// </summary>
/// <param name="Gateway">Where it goes: absolute, or a path of the shop.</param>
/// <param name="Fields">All fields, sign included, raw.</param>
public sealed record AlipayRequest(string Gateway, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    private const int LongestNumber = 64;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The address that a browser is led to: all fields in the query.</summary>
    public string Url => $"{Gateway}?{Form}";

    /// <summary>Where a form or a server call is posted to; says the charset before the body is read.</summary>
    public string PostUrl => $"{Gateway}?charset=utf-8";

    /// <summary>The fields as <c>application/x-www-form-urlencoded</c>, UTF-8, blanks as %20.</summary>
    public string Form => string.Join('&', Fields.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>
    /// The payment page, alipay.trade.page.pay or on phones alipay.trade.wap.pay: a virtual product that can be paid until
    /// <see cref="PaymentRequest.ExpiresAt"/>. Throws for numbers that Alipay would refuse and amounts below a fen.
    /// </summary>
    /// <param name="payment">What the buyer is asked for; the subject is cleaned.</param>
    /// <param name="options">Gateway and app.</param>
    /// <param name="keys">Signs.</param>
    /// <param name="now">UTC; sent as Beijing time.</param>
    public static AlipayRequest PayPage(PaymentRequest payment, AlipayOptions options, AlipayKeyRing keys, DateTimeOffset now)
    {
        if (payment.Amount.Fen < 1)
            throw new ArgumentException("A payment asks for at least one fen.", nameof(payment));
        if (payment.OutTradeNo.Length is 0 or > LongestNumber || !payment.OutTradeNo.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException("An out_trade_no has 1 to 64 letters, digits and underscores.", nameof(payment));

        var subject = AlipaySubject.Clean(payment.Subject);
        List<KeyValuePair<string, string>> content =
        [
            new("out_trade_no", payment.OutTradeNo),
            new("total_amount", payment.Amount.ToYuan()),
            new("subject", subject.Length > 0 ? subject : payment.OutTradeNo),
            new("product_code", payment.IsPhone ? "QUICK_WAP_WAY" : "FAST_INSTANT_TRADE_PAY"),
            new("goods_type", "0"),
            new("time_expire", payment.ExpiresAt.ToAlipay()),
        ];
        if (payment.IsPhone)
            content.Add(new("quit_url", payment.QuitUrl));

        var method = payment.IsPhone ? "alipay.trade.wap.pay" : "alipay.trade.page.pay";
        return Sign(method, JsonSerializer.Serialize(new Dictionary<string, string>(content, StringComparer.Ordinal), Json), options, keys, now, new("return_url", payment.ReturnUrl), new("notify_url", payment.NotifyUrl));
    }

    /// <summary>A server call such as alipay.trade.query.</summary>
    /// <param name="method">Alipay's name of it.</param>
    /// <param name="content">biz_content: texts, amounts as yuan with two decimals; left out where it holds nothing.</param>
    /// <param name="options">Gateway and app.</param>
    /// <param name="keys">Signs.</param>
    /// <param name="now">UTC; sent as Beijing time.</param>
    public static AlipayRequest Call(string method, JsonObject content, AlipayOptions options, AlipayKeyRing keys, DateTimeOffset now) =>
        Sign(method, content.Count == 0 ? "" : content.ToJsonString(Json), options, keys, now);

    private static AlipayRequest Sign(
        string method, string content, AlipayOptions options, AlipayKeyRing keys, DateTimeOffset now,
        params ReadOnlySpan<KeyValuePair<string, string>> addresses)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("app_id", options.AppId),
            new("method", method),
            new("format", "JSON"),
            new("charset", "utf-8"),
            new("sign_type", keys.SignType.OnTheWire()),
            new("timestamp", now.ToAlipay()),
            new("version", "1.0"),
            .. CertificateNumbers(keys),
            .. addresses,
            new("biz_content", content),
        ];
        fields.RemoveAll(field => field.Value.Length == 0);
        fields.Add(new("sign", keys.Sign(AlipayCharset.Utf8.GetBytes(AlipaySignature.CanonicalText(fields)))));
        return new(options.GatewayUrl, fields);
    }

    private static KeyValuePair<string, string>[] CertificateNumbers(AlipayKeyRing keys) =>
        keys.Certificates is { } certificates ? [new("app_cert_sn", certificates.AppSn), new("alipay_root_cert_sn", certificates.RootSn)] : [];
}
