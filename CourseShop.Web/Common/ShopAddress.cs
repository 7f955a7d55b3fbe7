using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CourseShop.Common;

/// <summary>The shop's addresses: for the outside (<c>Shop:PublicUrl</c>) and for calls that the server makes to itself in Development.</summary>
public sealed class ShopAddress(IOptions<ShopOptions> options, IServer server, IConfiguration configuration)
{
    /// <summary>The address that shoppers and Alipay use: the setting, else (Development) the request's own, else the server's own. No trailing slash.</summary>
    public string Public(HttpRequest? request = null)
    {
        if (options.Value.PublicUrl is { Length: > 0 } configured)
            return configured.TrimEnd('/');
        return request is null ? Own() : $"{request.Scheme}://{request.Host.Value}";
    }

    /// <summary>The address at which this process listens, as the process itself reaches it. No trailing slash.</summary>
    public string Own()
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() // none before it has started: then where it would listen
            ?? configuration["urls"]?.Split(';')[0] ?? "http://localhost";
        return listening.Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//[::]", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//*", "//127.0.0.1", StringComparison.Ordinal)
            .TrimEnd('/');
    }
}
