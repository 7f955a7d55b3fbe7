using System.Net;
using System.Net.Http.Headers;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Alipay as the shop's payment gateway. Whatever is not a signed yes or a signed no is unknown.</summary>
public sealed class AlipayGateway(
    IHttpClientFactory clients, IOptions<AlipayOptions> options, AlipayKeyRing keys, ShopAddress address, TimeProvider clock, ILogger<AlipayGateway> log)
    : IPaymentGateway
{
    /// <summary>Name of the HTTP client: no redirects, bounded time and size.</summary>
    public const string ClientName = "alipay";

    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded", "utf-8");

    /// <inheritdoc />
    public PaymentChannel Channel => PaymentChannel.Alipay;

    /// <inheritdoc />
    public string PayPage(PaymentRequest request, DateTimeOffset now) => AlipayRequest.PayPage(request, options.Value, keys, now).Url;

    /// <inheritdoc />
    public Task<GatewayAnswer<GatewayTrade>> QueryAsync(string outTradeNo, CancellationToken stop) =>
        CallAsync("alipay.trade.query", outTradeNo, TradeIn, stop);

    /// <inheritdoc />
    public Task<GatewayAnswer<Done>> CloseAsync(string outTradeNo, CancellationToken stop) =>
        CallAsync("alipay.trade.close", outTradeNo, _ => new GatewayAnswer<Done>(GatewayVerdict.Yes), stop);

    private static GatewayAnswer<GatewayTrade> TradeIn(AlipayAnswer answer) => AlipayTrade.Read(name => answer[name]) switch
    {
        { Trade: { } trade } => new(GatewayVerdict.Yes, trade),
        { Problem: var problem } => new(GatewayVerdict.Unknown, Code: problem),
    };

    private async Task<GatewayAnswer<T>> CallAsync<T>(string method, string outTradeNo, Func<AlipayAnswer, GatewayAnswer<T>> readYes, CancellationToken stop)
    {
        var (answer, trouble) = await AskAsync(method, outTradeNo, stop);
        var result = answer is null ? new(GatewayVerdict.Unknown, Code: trouble) : Judge(answer, outTradeNo, readYes);
        if (result.Verdict == GatewayVerdict.Unknown)
            log.LogWarning("{Method} of {OutTradeNo} has no certain answer: {Code}", method, outTradeNo, result.Code);
        return result;
    }

    private static GatewayAnswer<T> Judge<T>(AlipayAnswer answer, string outTradeNo, Func<AlipayAnswer, GatewayAnswer<T>> readYes)
    {
        var code = Harmless(answer.SubCode ?? answer.Code);
        var named = answer["out_trade_no"];
        return answer.Outcome switch
        {
            AlipayOutcome.Ok when named == outTradeNo => readYes(answer),
            AlipayOutcome.BusinessError when named is null || named == outTradeNo => new(GatewayVerdict.No, Refusal: RefusalOf(code), Code: code),
            AlipayOutcome.Ok or AlipayOutcome.BusinessError => new(GatewayVerdict.Unknown, Code: "answer about another trade"),
            AlipayOutcome.UnsignedError => new(GatewayVerdict.Unknown, Code: $"unsigned {code}"),
            AlipayOutcome.Unknown => new(GatewayVerdict.Unknown, Code: code),
            _ => new(GatewayVerdict.Unknown, Code: "no answer of Alipay's"),
        };
    }

    private async Task<(AlipayAnswer? Answer, string? Trouble)> AskAsync(string method, string outTradeNo, CancellationToken stop)
    {
        var request = AlipayRequest.Call(method, [new("out_trade_no", outTradeNo)], options.Value, keys, clock.GetUtcNow());
        var url = options.Value.IsOwnAddress ? address.Own() + request.PostUrl : request.PostUrl;
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var body = new StringContent(request.Form, FormType);
            using var response = await client.PostAsync(url, body, stop);
            if (response.StatusCode != HttpStatusCode.OK)
                return (null, $"http {(int)response.StatusCode}");
            return (AlipayAnswer.Read(await response.Content.ReadAsByteArrayAsync(stop), method, keys), null);
        }
        catch (HttpRequestException exception)
        {
            return (null, exception.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, "timeout");
        }
    }

    // codes have typos and missing prefixes in the wild
    private static GatewayRefusal RefusalOf(string? code) => code switch
    {
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
