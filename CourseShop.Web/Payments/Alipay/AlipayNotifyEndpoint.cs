namespace CourseShop.Payments.Alipay;

/// <summary>异步通知: the raw body in, plain `success` or `fail` out. Cheap before the signature is checked; senders of forgeries are slowed down.</summary>
public static class AlipayNotifyEndpoint
{
    /// <summary>Where Alipay's server posts to.</summary>
    public const string Path = "/payments/alipay/notify";

    /// <summary>Maps the endpoint: no sign-in, no antiforgery, any media type.</summary>
    public static void MapAlipayNotify(this IEndpointRouteBuilder app) => app.MapPost(Path, async (HttpContext context, ReceiveNotification receive, ILogger<ReceiveNotification> log) =>
    {
        var sender = context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (await ReadAsync(context.Request, context.RequestAborted) is not { } body)
            return Results.Text("fail", statusCode: StatusCodes.Status413PayloadTooLarge);
        try
        {
            var answer = await receive.RunAsync(body, sender, CancellationToken.None);
            if (answer == NotificationAnswer.TooMany)
                context.Response.Headers.RetryAfter = "60";
            return answer switch
            {
                NotificationAnswer.Success => Results.Text("success"),
                NotificationAnswer.TooMany => Results.Text("fail", statusCode: StatusCodes.Status429TooManyRequests),
                _ => Results.Text("fail"),
            };
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
