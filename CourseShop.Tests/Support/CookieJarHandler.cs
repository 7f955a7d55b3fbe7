using System.Net;

namespace CourseShop.Tests.Support;

/// <summary>Keeps a person's cookies as a browser does.</summary>
public sealed class CookieJarHandler : DelegatingHandler
{
    public CookieContainer Jar { get; init; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (Jar.GetCookieHeader(address) is { Length: > 0 } cookies)
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
                Jar.SetCookies(address, cookie);
        }

        return response;
    }
}
