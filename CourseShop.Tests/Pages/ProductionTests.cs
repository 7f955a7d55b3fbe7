using System.Net;
using CourseShop.Tests.Support;
using Microsoft.AspNetCore.Hosting;

namespace CourseShop.Tests.Pages;

/// <summary>What is stricter in Production.</summary>
public sealed class ProductionTests(ProductionTests.Shop shop) : IClassFixture<ProductionTests.Shop>
{
    [Fact]
    public async Task Every_cookie_is_secure_and_of_this_host_alone()
    {
        var visitor = new Shopper(shop.CreateDefaultClient(new Uri("https://shop.example.com"), new CookieJarHandler()));
        var seen = await visitor.GetAsync("/courses/1");
        var added = await visitor.SubmitAsync(seen, "form.buy", button: "加入购物车");
        var door = await visitor.GetAsync("/account/sign-in");
        var entered = await visitor.SubmitAsync(door, "form:has(input[type=password])", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "shopper", ["Password"] = CourseShop.Data.OpenSampleShop.Password });
        var chosen = await visitor.GetAsync("/preferences?theme=dark&language=en");
        var home = await visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, entered.Status);
        var cookies = new[] { seen, added, door, entered, chosen }.SelectMany(page => page.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.All(["antiforgery", "session", "cart", "message", "theme", "language"], name => Assert.Contains(cookies, cookie => cookie.StartsWith($"__Host-{name}=", StringComparison.Ordinal)));
        Assert.All(cookies, cookie => Assert.Matches("(?i)^__Host-.*; path=/(;.*)?$", cookie));
        Assert.All(cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(("dark", "en"), (home.Document.DocumentElement.GetAttribute("data-theme"), home.Document.DocumentElement.GetAttribute("lang")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/css/shop.css")]
    public async Task Every_answer_asks_for_TLS_from_now_on(string path)
    {
        var answer = await shop.NewShopper().GetAsync(path);

        Assert.Equal("max-age=31536000; includeSubDomains", answer.Response.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Null(answer.MissingHeader());
    }

    [Theory]
    [InlineData("/alipay-simulator")]
    [InlineData("/alipay-simulator/pay/1")]
    [InlineData("/alipay-simulator/gateway.do")]
    public async Task There_is_no_simulator(string path) => Assert.Equal(HttpStatusCode.NotFound, (await shop.NewShopper().GetAsync(path)).Status);

    public sealed class Shop : ShopHost
    {
        public Shop()
        {
            Settings["Shop:PublicUrl"] = "https://shop.example.com";
            Settings["Accounts:PasswordIterations"] = "220000";
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment("Production");
        }
    }
}
