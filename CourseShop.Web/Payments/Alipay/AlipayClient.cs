using System.Net;
using System.Net.Http.Headers;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Calls Alipay's server API: signs, sends, verifies. Never throws for what Alipay or the network does: that is unknown.</summary>
public sealed class AlipayClient(
    IHttpClientFactory clients, IOptions<AlipayOptions> options, AlipayKeyRing keys, ShopAddress address, TimeProvider clock, ILogger<AlipayClient> log)
{
    /// <summary>Name of the HTTP client: no redirects, bounded time and size.</summary>
    public const string Name = "alipay";

    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded", "utf-8");

    /// <summary>Asks, and says what the answer amounts to.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="stop">Stops the call.</param>
    public async Task<GatewayAnswer<T>> AskAsync<T>(AlipayCall<T> call, CancellationToken stop)
    {
        var (answer, trouble) = await SendAsync(call, stop);
        var result = answer is null ? new(GatewayVerdict.Unknown, Code: trouble) : call.Judge(answer);
        if (result.Verdict == GatewayVerdict.Unknown)
            log.LogWarning("{Method} of {OutTradeNo} has no certain answer: {Code}", call.Method, call.Number, result.Code);
        return result;
    }

    private async Task<(AlipayAnswer? Answer, string? Trouble)> SendAsync<T>(AlipayCall<T> call, CancellationToken stop)
    {
        var request = AlipayRequest.Call(call.Method, call.Content, options.Value, keys, clock.GetUtcNow());
        var url = options.Value.IsOwnAddress ? address.Own() + request.PostUrl : request.PostUrl;
        try
        {
            using var client = clients.CreateClient(Name);
            using var body = new StringContent(request.Form, FormType);
            using var response = await client.PostAsync(url, body, stop);
            if (response.StatusCode != HttpStatusCode.OK)
                return (null, $"http {(int)response.StatusCode}");
            return (AlipayAnswer.Read(await response.Content.ReadAsByteArrayAsync(stop), call.Method, keys), null);
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
}
