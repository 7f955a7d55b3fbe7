namespace CourseShop.Payments.Alipay;

/// <summary>Calls Alipay's server API: signs, sends, verifies, judges. Never throws for what Alipay or the network does: that is unknown.</summary>
public sealed class AlipayClient(CallAlipay post, ReadAnswer read, ILogger<AlipayClient> log)
{
    /// <summary>Name of the HTTP client: no redirects, bounded time and size.</summary>
    public const string Name = "alipay";

    /// <summary>Asks, and says what the answer amounts to.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="stop">Stops the call.</param>
    public async Task<GatewayAnswer<T>> AskAsync<T>(AlipayCall<T> call, CancellationToken stop)
    {
        var (body, trouble) = await post.RunAsync(call.Method, call.Content, stop);
        var result = body is null ? new(GatewayVerdict.Unknown, Code: trouble) : call.Judge(await read.RunAsync(body, call.Method, stop));
        if (result.Verdict == GatewayVerdict.Unknown)
            log.LogWarning("{Method} of {OutTradeNo} has no certain answer: {Code}", call.Method, call.Number, result.Code);
        return result;
    }
}
