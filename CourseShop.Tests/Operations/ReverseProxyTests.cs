using System.Net;
using CourseShop.Common;
using CourseShop.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Operations;

public sealed class ReverseProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("::1", "203.0.113.7")]
    [InlineData("10.1.2.3", "203.0.113.7")]
    [InlineData("10.9.7.7", "203.0.113.7")]
    [InlineData("10.1.2.4", "10.1.2.4")]
    [InlineData("198.51.100.4", "198.51.100.4")]
    public async Task Only_a_proxy_on_this_machine_or_one_that_is_named_says_who_the_visitor_is(string caller, string visitor)
    {
        var seen = await SeenAsync("Development", caller);

        Assert.Equal(IPAddress.Parse(visitor), seen.Connection.RemoteIpAddress);
        Assert.Equal(caller == visitor ? "http" : "https", seen.Request.Scheme);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("198.51.100.4")]
    public async Task In_Production_the_shop_has_one_address_whatever_a_request_says(string caller)
    {
        var seen = await SeenAsync("Production", caller);

        Assert.Equal("https://shop.test", $"{seen.Request.Scheme}://{seen.Request.Host}");
    }

    private static async Task<HttpContext> SeenAsync(string environment, string caller)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Services.Configure<ShopOptions>(shop => (shop.PublicUrl, shop.Proxies) = ("https://shop.test", ["10.1.2.3", "10.9.0.0/16"]));
        await using var app = builder.Build();
        app.UseReverseProxy();
        app.Run(_ => Task.CompletedTask);
        await app.StartAsync();
        return await app.GetTestServer().SendAsync(request =>
        {
            request.Connection.RemoteIpAddress = IPAddress.Parse(caller);
            request.Request.Host = new("elsewhere.test");
            request.Request.Headers["X-Forwarded-For"] = "203.0.113.7";
            request.Request.Headers["X-Forwarded-Proto"] = "https";
        });
    }
}
