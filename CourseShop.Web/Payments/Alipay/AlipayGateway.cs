using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay as the shop's payment gateway. Whatever is not a signed yes or a signed no is unknown.</summary>
public sealed class AlipayGateway(
    CallAlipay call, ReadAnswer read, IOptions<AlipayOptions> options, AlipayKeyRing keys, ILogger<AlipayGateway> log)
    : IPaymentGateway
{
    /// <summary>Name of the HTTP client: no redirects, bounded time and size.</summary>
    public const string ClientName = "alipay";

    private static readonly string[] TradeNumbers = ["out_trade_no", "trade_no"];
    private static readonly string[] Numbers = [.. TradeNumbers, "out_request_no"];

    /// <inheritdoc />
    public PaymentChannel Channel => PaymentChannel.Alipay;

    /// <inheritdoc />
    public string PayPage(PaymentRequest request, DateTimeOffset now) => AlipayRequest.PayPage(request, options.Value, keys, now).Url;

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop) =>
        CallAsync("alipay.trade.query", OfTrade(outTradeNo), TradeIn, stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop) =>
        CallAsync("alipay.trade.close", OfTrade(outTradeNo), _ => new GatewayAnswer<Done>(GatewayVerdict.Yes), stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayRefund>> RefundAsync(RefundRequest request, CancellationToken stop) =>
        CallAsync(AlipayRefund.Method, AlipayRefund.Content(request), AlipayRefund.Read, stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayRefund>> QueryRefundAsync(string outTradeNo, string tradeNo, string refundNumber, CancellationToken stop) =>
        CallAsync(AlipayRefund.QueryMethod, AlipayRefund.QueryContent(outTradeNo, tradeNo, refundNumber), AlipayRefund.ReadQuery, stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayBill>> BillAsync(DateOnly day, CancellationToken stop) =>
        Task.FromResult(new GatewayAnswer<GatewayBill>(GatewayVerdict.Unknown, Code: "not yet asked for"));

    private static Dictionary<string, string> OfTrade(string outTradeNo) => new(StringComparer.Ordinal) { ["out_trade_no"] = outTradeNo };

    private static GatewayAnswer<GatewayTrade> TradeIn(AlipayAnswer answer) => AlipayTrade.Read(name => answer[name]) switch
    {
        { Trade: { } trade } => new(GatewayVerdict.Yes, trade),
        { Problem: var problem } => new(GatewayVerdict.Unknown, Code: problem),
    };

    private async Task<GatewayAnswer<T>> CallAsync<T>(
        string method, IReadOnlyDictionary<string, string> content, Func<AlipayAnswer, GatewayAnswer<T>> readYes, CancellationToken stop)
    {
        var (answer, trouble) = await AskAsync(method, content, stop);
        var result = answer is null ? new(GatewayVerdict.Unknown, Code: trouble) : Judge(answer, method, content, readYes);
        if (result.Verdict == GatewayVerdict.Unknown)
            log.LogWarning("{Method} of {OutTradeNo} has no certain answer: {Code}", method, content["out_trade_no"], result.Code);
        return result;
    }

    private static GatewayAnswer<T> Judge<T>(AlipayAnswer answer, string method, IReadOnlyDictionary<string, string> content, Func<AlipayAnswer, GatewayAnswer<T>> readYes)
    {
        var code = Harmless(answer.SubCode ?? answer.Code);
        var contradicts = Array.Exists(Numbers, name => answer[name] is { } named && content.TryGetValue(name, out var asked) && named != asked);
        var mustName = method == AlipayRefund.QueryMethod ? [] : TradeNumbers; // its yes may be bare
        return answer.Outcome switch
        {
            AlipayOutcome.Ok when !contradicts && Array.TrueForAll(mustName, name => answer[name] is not null || !content.ContainsKey(name)) => readYes(answer),
            AlipayOutcome.BusinessError when !contradicts => new(GatewayVerdict.No, Refusal: RefusalOf(method, code), Code: code),
            AlipayOutcome.Ok or AlipayOutcome.BusinessError => new(GatewayVerdict.Unknown, Code: "answer about another trade"),
            AlipayOutcome.UnsignedError => new(GatewayVerdict.Unknown, Code: $"unsigned {code}"),
            AlipayOutcome.Unknown => new(GatewayVerdict.Unknown, Code: code),
            _ => new(GatewayVerdict.Unknown, Code: "no answer of Alipay's"),
        };
    }

    private async Task<(AlipayAnswer? Answer, string? Trouble)> AskAsync(string method, IReadOnlyDictionary<string, string> content, CancellationToken stop)
    {
        var (body, trouble) = await call.RunAsync(method, content, stop);
        return body is null ? (null, trouble) : (await read.RunAsync(body, method, stop), null);
    }

    // codes have typos and missing prefixes in the wild
    private static GatewayRefusal RefusalOf(string method, string? code) => code switch
    {
        _ when method == AlipayRefund.Method && AlipayRefund.RefusalOf(code) is { } refusal => refusal,
        { } c when c.Contains("TRADE_NOT_EXIST", StringComparison.Ordinal) => GatewayRefusal.TradeNotExist,
        { } c when c.Contains("TRADE_STATUS_ERROR", StringComparison.Ordinal)
            || c.Contains("REASON_TRADE_STATUS_INVALID", StringComparison.Ordinal)
            || c.Contains("REASON_ILLEGAL_STATUS", StringComparison.Ordinal)
            || c.Contains("TRADE_HAS_", StringComparison.Ordinal) => GatewayRefusal.TradeStatusWrong,
        _ => GatewayRefusal.Other,
    };

    // an unsigned code may come from anybody and goes into logs and pages
    private static string? Harmless(string? code) => code is null ? null : string.Concat(code.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(64));
}
