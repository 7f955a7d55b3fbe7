using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CourseShop.Common;
using Microsoft.Extensions.Options;

namespace CourseShop.Payments.Alipay;

/// <summary>Posts one signed request to the gateway. What comes back is anybody's until <see cref="ReadAnswer"/> has read it.</summary>
public sealed class CallAlipay(IHttpClientFactory clients, IOptions<AlipayOptions> options, AlipayKeyRing keys, ShopAddress address, TimeProvider clock)
{
    private static readonly MediaTypeHeaderValue FormType = new("application/x-www-form-urlencoded", "utf-8");

    /// <summary>The answer's bytes, or what went wrong on the way. Never throws but for <paramref name="stop"/>.</summary>
    /// <param name="method">Such as alipay.trade.query.</param>
    /// <param name="content">biz_content.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<(byte[]? Body, string? Trouble)> RunAsync(string method, JsonObject content, CancellationToken stop)
    {
        var request = AlipayRequest.Call(method, content, options.Value, keys, clock.GetUtcNow());
        var url = options.Value.IsOwnAddress ? address.Own() + request.PostUrl : request.PostUrl;
        try
        {
            using var client = clients.CreateClient(AlipayClient.Name);
            using var body = new StringContent(request.Form, FormType);
            using var response = await client.PostAsync(url, body, stop);
            return response.StatusCode == HttpStatusCode.OK ? (await response.Content.ReadAsByteArrayAsync(stop), null) : (null, $"http {(int)response.StatusCode}");
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
