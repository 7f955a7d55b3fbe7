namespace CourseShop.Operations;

/// <summary>What every answer tells the browser. Forms may lead to Alipay, since browsers check the whole chain of redirects.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self' https://*.alipay.com https://*.alipaydev.com; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>Said when the answer starts: a failure on the way clears whatever was said before.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isProduction = app.Environment.IsProduction();
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Tell(context.Response.Headers, isProduction);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>What was made for one person is kept by nobody: after signing out, the back button shows nothing.</summary>
    public static void UsePrivatePages(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            if (context.User.Identity?.IsAuthenticated == true && string.IsNullOrEmpty(context.Response.Headers.CacheControl))
                context.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Tell(IHeaderDictionary headers, bool isProduction)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (isProduction)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
    }
}
