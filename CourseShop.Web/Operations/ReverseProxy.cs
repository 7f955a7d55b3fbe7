using System.Net;
using CourseShop.Common;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CourseShop.Operations;

/// <summary>The shop stands behind a proxy on the same machine, or one that the settings name, which ends TLS. Whoever calls from elsewhere can't pretend to be it.</summary>
public static class ReverseProxy
{
    /// <summary>
    /// The visitor's address comes from X-Forwarded-For, from loopback and Shop:Proxies alone. In Production scheme and host are those of Shop:PublicUrl, whatever
    /// a request says: cookies are secure, links lead home, and a proxy that forgets X-Forwarded-Proto breaks nothing.
    /// </summary>
    public static void UseReverseProxy(this WebApplication app)
    {
        app.UseForwardedHeaders(Believed(app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Proxies));
        if (!app.Environment.IsProduction())
            return;

        var home = new Uri(app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.PublicUrl);
        var host = new HostString(home.Authority);
        app.Use((context, next) =>
        {
            context.Request.Scheme = home.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }

    private static ForwardedHeadersOptions Believed(string[] proxies)
    {
        var believed = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                believed.KnownProxies.Add(address);
            else
                believed.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        return believed;
    }
}
