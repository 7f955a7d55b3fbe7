using System.Collections.Concurrent;

namespace CourseShop.Payments.Alipay;

/// <summary>异步通知: the raw body in, plain `success` or `fail` out. Cheap before the signature is checked; senders of forgeries are slowed down.</summary>
public static class AlipayNotifyEndpoint
{
    /// <summary>Where Alipay's server posts to.</summary>
    public const string Path = "/payments/alipay/notify";

    /// <summary>Maps the endpoint: no sign-in, no antiforgery, any media type.</summary>
    public static void MapAlipayNotify(this IEndpointRouteBuilder app) => app.MapPost(Path, async (HttpContext context, ReceiveNotification receive, ForgeryLimit limit, ILogger<ReceiveNotification> log) =>
    {
        var sender = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limit.IsExceededBy(sender))
        {
            context.Response.Headers.RetryAfter = "60";
            return Results.Text("fail", statusCode: StatusCodes.Status429TooManyRequests);
        }

        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
            return Results.Text("fail", statusCode: StatusCodes.Status413PayloadTooLarge);
        try
        {
            var isAccepted = await receive.RunAsync(body, sender, CancellationToken.None);
            if (!isAccepted)
                limit.Count(sender);
            return Results.Text(isAccepted ? "success" : "fail");
        }
        catch (Exception failure) // whatever we failed at: Alipay must send it again
        {
            log.LogError(failure, "A notification could not be stored; Alipay will send it again");
            return Results.Text("fail", statusCode: StatusCodes.Status500InternalServerError);
        }
    }).AllowAnonymous();

    /// <summary>The whole body, or null when it is longer than a notification may be.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength > AlipayForm.MaxBytes)
            return null;
        var buffer = new byte[AlipayForm.MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return length > AlipayForm.MaxBytes ? null : buffer.AsMemory(0, length);
    }
}

/// <summary>Failed verifications per address and minute. A genuine sender never fails, so nothing of Alipay's is ever lost by it.</summary>
public sealed class ForgeryLimit(TimeProvider clock)
{
    private const int MostPerMinute = 30;
    private const int MostAddresses = 10_000;

    private readonly ConcurrentDictionary<(string Address, long Minute), int> _failures = new();

    /// <summary>Whether this address failed too often within the present minute.</summary>
    public bool IsExceededBy(string address) => _failures.TryGetValue((address, Minute), out var count) && count >= MostPerMinute;

    /// <summary>Notes a failure.</summary>
    public void Count(string address)
    {
        if (_failures.Count > MostAddresses)
            _failures.Clear();
        foreach (var old in _failures.Keys.Where(key => key.Minute < Minute))
            _failures.TryRemove(old, out _);
        _failures.AddOrUpdate((address, Minute), 1, (_, count) => count + 1);
    }

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / 60;
}
