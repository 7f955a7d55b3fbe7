using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using CourseShop.Common;

namespace CourseShop.Tests.Support;

/// <summary>How the fake gateway feels.</summary>
public enum AlipayMood
{
    Well,
    Down,
    Slow,
    Unreachable,
    Garbage,
    Truncated,
    Unsigned,
    UnsignedError,
    Forged,
    Redirecting,
    WrongTrade,
    Busy,
}

/// <summary>A trade as the fake gateway keeps it.</summary>
public sealed record FakeTrade(string TradeNo, Money Amount, string Status = "TRADE_SUCCESS", DateTimeOffset? PaidAt = null);

/// <summary>Alipay's gateway behind an HttpClient: answers trade.query and trade.close from a dictionary, checks the shop's signature, misbehaves on demand.</summary>
public sealed class FakeAlipayHandler : HttpMessageHandler
{
    /// <summary>What the gateway knows, by out_trade_no.</summary>
    public ConcurrentDictionary<string, FakeTrade> Trades { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked: method and out_trade_no.</summary>
    public ConcurrentQueue<(string Method, string OutTradeNo)> Calls { get; } = new();

    /// <summary>How it answers from now on.</summary>
    public AlipayMood Mood { get; set; }

    /// <summary>Decides answers that are neither here nor there; null leaves them to the dictionary.</summary>
    public Func<string, string, IReadOnlyDictionary<string, string>?>? Script { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var fields = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
        var method = fields["method"]!;
        var outTradeNo = JsonSerializer.Deserialize<Dictionary<string, string>>(fields["biz_content"]!)!["out_trade_no"];
        Calls.Enqueue((method, outTradeNo));

        if (Mood == AlipayMood.Slow)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (Mood == AlipayMood.Unreachable)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "unreachable");
        var answer = IsSignedByApp(fields) ? Answer(method, outTradeNo) : FakeAlipay.Answer(method, Error("40002", "isv.invalid-signature"));
        return Mood switch
        {
            AlipayMood.Down => Reply("<html><body>503</body></html>", HttpStatusCode.ServiceUnavailable),
            AlipayMood.Redirecting => new(HttpStatusCode.Redirect) { Headers = { Location = new("https://elsewhere.test/") } },
            AlipayMood.Garbage => Reply("<html><body>502 Bad Gateway</body></html>"),
            AlipayMood.Truncated => Reply(answer[..(answer.Length / 3)]),
            AlipayMood.Forged => Reply(answer.Replace("\"code\":\"", "\"code\": \"", StringComparison.Ordinal)),
            _ => Reply(answer),
        };
    }

    private string Answer(string method, string outTradeNo)
    {
        if (Mood == AlipayMood.UnsignedError)
            return FakeAlipay.Answer(method, Error("40004", "ACQ.TRADE_NOT_EXIST"), isSigned: false);
        if (Mood == AlipayMood.Busy)
            return FakeAlipay.Answer(method, Error("40004", "ACQ.SYSTEM_ERROR"));
        return FakeAlipay.Answer(method, Script?.Invoke(method, outTradeNo) ?? Node(method, outTradeNo), isSigned: Mood != AlipayMood.Unsigned);
    }

    private Dictionary<string, string> Node(string method, string outTradeNo)
    {
        if (!Trades.TryGetValue(outTradeNo, out var trade))
            return Error("40004", "ACQ.TRADE_NOT_EXIST");
        if (method == "alipay.trade.close" && trade.Status != "WAIT_BUYER_PAY")
            return Error("40004", "ACQ.TRADE_STATUS_ERROR");

        var node = Error("10000", "");
        node["out_trade_no"] = Mood == AlipayMood.WrongTrade ? outTradeNo + "9" : outTradeNo;
        node["trade_no"] = trade.TradeNo;
        if (method == "alipay.trade.close")
        {
            var isClosed = Trades.TryUpdate(outTradeNo, trade with { Status = "TRADE_CLOSED" }, trade); // or the buyer was faster
            return isClosed ? node : Error("40004", "ACQ.TRADE_STATUS_ERROR");
        }

        node["trade_status"] = trade.Status;
        node["total_amount"] = trade.Amount.ToYuan();
        node["buyer_logon_id"] = "159****5620";
        if (trade.PaidAt is { } paidAt)
            node["send_pay_date"] = paidAt.ToAlipay();
        return node;
    }

    private static Dictionary<string, string> Error(string code, string subCode)
    {
        var node = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code, ["msg"] = code == "10000" ? "Success" : "Business Failed" };
        if (subCode.Length > 0)
            node["sub_code"] = subCode;
        return node;
    }

    private static bool IsSignedByApp(System.Collections.Specialized.NameValueCollection fields)
    {
        var text = string.Join('&', fields.AllKeys.Where(name => name != "sign").Order(StringComparer.Ordinal).Select(name => $"{name}={fields[name]}"));
        using var key = Vectors.PublicKey("app");
        return key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(fields["sign"]!), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static HttpResponseMessage Reply(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "text/html") };
}
