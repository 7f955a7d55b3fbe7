using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    /// <summary>Does it, then says SYSTEM_ERROR.</summary>
    DoneButBusy,

    /// <summary>Does it, then lets the caller run out of time.</summary>
    DoneButSlow,

    /// <summary>Does it, then denies it without a signature.</summary>
    DoneButUnsignedError,

    /// <summary>Refuses refunds: the seller has too little money.</summary>
    Poor,
}

/// <summary>A trade as the fake gateway keeps it.</summary>
public sealed record FakeTrade(string TradeNo, Money Amount, string Status = "TRADE_SUCCESS", DateTimeOffset? PaidAt = null)
{
    /// <summary>What went back, by out_request_no.</summary>
    public ImmutableDictionary<string, Money> Refunds { get; init; } = ImmutableDictionary<string, Money>.Empty;

    public Money Refunded => new(Refunds.Values.Sum(amount => amount.Fen));
}

/// <summary>
/// Alipay's gateway behind an HttpClient: answers calls about trades, refunds, transfers, the balance and bills from dictionaries,
/// checks the shop's signature, misbehaves on demand.
/// </summary>
public sealed partial class FakeAlipayHandler : HttpMessageHandler
{
    /// <summary>What the gateway knows, by out_trade_no; a second payment of the same number stands under any other key, and is found by its trade_no.</summary>
    public ConcurrentDictionary<string, FakeTrade> Trades { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked: method, and out_trade_no or what stands in its place.</summary>
    public ConcurrentQueue<(string Method, string OutTradeNo)> Calls { get; } = new();

    /// <summary>What was asked in full: the biz_content of every call.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Contents { get; } = new();

    /// <summary>How it answers from now on.</summary>
    public AlipayMood Mood { get; set; }

    /// <summary>The method that the mood is about, such as alipay.trade.refund; null for all.</summary>
    public string? MoodIsFor { get; set; }

    /// <summary>Decides answers that are neither here nor there; null leaves them to the dictionary.</summary>
    public Func<string, string, IReadOnlyDictionary<string, string>?>? Script { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
            return Download(request.RequestUri!);
        var fields = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
        var method = fields["method"]!;
        var content = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields["biz_content"] ?? "{}")!
            .ToDictionary(field => field.Key, field => field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText(), StringComparer.Ordinal);
        Calls.Enqueue((method, NumberIn(content)));
        Contents.Enqueue(content);

        var mood = MoodIsFor is null || MoodIsFor == method ? Mood : AlipayMood.Well;
        if (mood == AlipayMood.Slow)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        if (mood == AlipayMood.Unreachable)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "unreachable");
        var answer = IsSignedByApp(fields) ? Answer(method, content, mood) : FakeAlipay.Answer(method, Error("40002", "isv.invalid-signature"));
        if (mood == AlipayMood.DoneButSlow)
            throw new TaskCanceledException("as HttpClient does when its time is over", new TimeoutException());
        return mood switch
        {
            AlipayMood.Down => Reply("<html><body>503</body></html>", HttpStatusCode.ServiceUnavailable),
            AlipayMood.Redirecting => new(HttpStatusCode.Redirect) { Headers = { Location = new("https://elsewhere.test/") } },
            AlipayMood.Garbage => Reply("<html><body>502 Bad Gateway</body></html>"),
            AlipayMood.Truncated => Reply(answer[..(answer.Length / 3)]),
            AlipayMood.Forged => Reply(answer.Replace("\"code\":\"", "\"code\": \"", StringComparison.Ordinal)),
            _ => Reply(answer),
        };
    }

    private string Answer(string method, Dictionary<string, string> content, AlipayMood mood)
    {
        if (mood == AlipayMood.UnsignedError)
            return FakeAlipay.Answer(method, Error("40004", "ACQ.TRADE_NOT_EXIST"), isSigned: false);
        if (mood == AlipayMood.Busy)
            return FakeAlipay.Answer(method, Error("40004", "ACQ.SYSTEM_ERROR"));
        if (mood == AlipayMood.Poor && method == "alipay.trade.refund")
            return FakeAlipay.Answer(method, Error("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH"));

        var node = Script?.Invoke(method, NumberIn(content)) ?? MoneyNode(method, content) ?? Node(method, content);
        if (mood == AlipayMood.WrongTrade && node.TryGetValue("out_trade_no", out var right))
            node = new Dictionary<string, string>(node, StringComparer.Ordinal) { ["out_trade_no"] = right + "9" };
        return mood switch
        {
            AlipayMood.DoneButBusy => FakeAlipay.Answer(method, Error("40004", "ACQ.SYSTEM_ERROR")),
            AlipayMood.DoneButUnsignedError => FakeAlipay.Answer(method, Error("40004", "ACQ.TRADE_HAS_FINISHED"), isSigned: false),
            _ => FakeAlipay.Answer(method, node, isSigned: mood != AlipayMood.Unsigned),
        };
    }

    private Dictionary<string, string> Node(string method, Dictionary<string, string> content)
    {
        var outTradeNo = content["out_trade_no"];
        var key = content.TryGetValue("trade_no", out var tradeNo) ? Trades.FirstOrDefault(pair => pair.Value.TradeNo == tradeNo).Key : outTradeNo;
        if (key is null || !Trades.TryGetValue(key, out var trade))
            return method == "alipay.trade.cancel" ? Error("10000", "") : Error("40004", "ACQ.TRADE_NOT_EXIST");
        if (method == "alipay.trade.close" && trade.Status != "WAIT_BUYER_PAY")
            return Error("40004", "ACQ.TRADE_STATUS_ERROR");
        if (method == "alipay.trade.refund")
            return Refund(key, content);
        if (method == "alipay.trade.cancel")
            return Cancel(key, content);

        var node = Error("10000", "");
        if (method == "alipay.trade.fastpay.refund.query" && !trade.Refunds.ContainsKey(content["out_request_no"]))
            return node;
        node["out_trade_no"] = outTradeNo;
        node["trade_no"] = trade.TradeNo;
        if (method == "alipay.trade.close")
        {
            var isClosed = Trades.TryUpdate(outTradeNo, trade with { Status = "TRADE_CLOSED" }, trade); // or the buyer was faster
            return isClosed ? node : Error("40004", "ACQ.TRADE_STATUS_ERROR");
        }

        node["total_amount"] = trade.Amount.ToYuan();
        if (method == "alipay.trade.fastpay.refund.query")
        {
            node["out_request_no"] = content["out_request_no"];
            node["refund_amount"] = trade.Refunds[content["out_request_no"]].ToYuan();
            node["refund_status"] = "REFUND_SUCCESS";
            return node;
        }

        node["trade_status"] = trade.Status;
        node["buyer_logon_id"] = "159****5620";
        if (trade.PaidAt is { } paidAt)
            node["send_pay_date"] = paidAt.ToAlipay();
        return node;
    }

    private Dictionary<string, string> Refund(string key, Dictionary<string, string> content)
    {
        var number = content["out_request_no"];
        if (!Money.TryParseYuan(content["refund_amount"], out var amount) || amount.IsZero)
            return Error("40004", "ACQ.INVALID_PARAMETER");
        lock (Trades)
        {
            var trade = Trades[key];
            var isRepeat = trade.Refunds.TryGetValue(number, out var before);
            if (isRepeat && before != amount)
                return Error("40004", "ACQ.DISCORDANT_REPEAT_REQUEST");
            if (!isRepeat && trade.Status != "TRADE_SUCCESS")
                return Error("40004", trade.Status switch { "WAIT_BUYER_PAY" => "ACQ.TRADE_STATUS_ERROR", "TRADE_FINISHED" => "ACQ.TRADE_HAS_FINISHED", _ => "ACQ.TRADE_HAS_CLOSE" });
            if (!isRepeat && trade.Refunded + amount > trade.Amount)
                return Error("40004", "ACQ.REASON_TRADE_REFUND_FEE_ERR");

            if (!isRepeat)
                trade = trade with { Refunds = trade.Refunds.Add(number, amount) };
            Trades[key] = trade = trade with { Status = trade.Refunded == trade.Amount ? "TRADE_CLOSED" : trade.Status };
            var node = Error("10000", "");
            (node["out_trade_no"], node["trade_no"]) = (content["out_trade_no"], trade.TradeNo);
            (node["fund_change"], node["refund_fee"]) = (isRepeat ? "N" : "Y", trade.Refunded.ToYuan());
            return node;
        }
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
