using System.Diagnostics;
using System.Net;
using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Account;

public sealed class SignInTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("shopper")]
    [InlineData("ＳＨＯＰＰＥＲ ")]
    [InlineData("shopper@example.com")]
    [InlineData("Shopper@EXAMPLE.com")]
    public async Task One_signs_in_by_name_or_by_email(string name)
    {
        var answer = await TryAsync(_shop.NewShopper(), name, OpenSampleShop.Password);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal("/", answer.Location?.OriginalString);
    }

    [Fact]
    public async Task An_unknown_name_reads_like_a_wrong_password_up_to_the_lock()
    {
        var person = _shop.NewShopper();

        for (var tries = 1; tries <= 7; tries++)
        {
            var known = await TryAsync(person, "shopper", "wrong-password");
            var unknown = await TryAsync(person, "nobody-has-this", "wrong-password");

            Assert.Equal(HttpStatusCode.OK, known.Status);
            Assert.Equal(Alert(known), Alert(unknown));
            Assert.Contains(tries < 5 ? "用户名或密码不对" : "已暂时锁定", Alert(known), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_right_password_does_not_open_a_locked_account_until_its_time_is_over()
    {
        var person = _shop.NewShopper();
        for (var tries = 0; tries < 5; tries++)
            await TryAsync(person, "shopper", "wrong-password");

        var locked = await TryAsync(person, "shopper", OpenSampleShop.Password);
        _shop.Clock.Advance(TimeSpan.FromMinutes(5));
        var open = await TryAsync(person, "shopper", OpenSampleShop.Password);

        Assert.Contains("已暂时锁定", Alert(locked), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, open.Status);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_counted_one_by_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryAsync(_shop.NewShopper(), "second", "wrong-password")));

        var after = await TryAsync(_shop.NewShopper(), "second", OpenSampleShop.Password);

        Assert.Contains("已暂时锁定", Alert(after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_known_one()
    {
        _shop.Settings["Accounts:PasswordIterations"] = "100000";
        await TryAsync(_shop.NewShopper(), "shopper", OpenSampleShop.Password); // its hash is renewed, so that both take the same work
        var person = _shop.NewShopper();
        await TryAsync(person, "warm-up", "wrong-password");
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4; round++)
        {
            known.Add(await TimeAsync(person, "shopper"));
            unknown.Add(await TimeAsync(person, "nobody"));
        }

        Assert.InRange(unknown.Order().ElementAt(1) / known.Order().ElementAt(1), 0.5, 2);
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/%09/evil.example", "/%09/evil.example")]
    [InlineData("/courses?category=ai", "/courses?category=ai")]
    public async Task One_is_only_led_to_places_in_this_shop(string returnUrl, string goal)
    {
        var answer = await TryAsync(_shop.NewShopper(), "shopper", OpenSampleShop.Password, $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(goal, answer.Location?.OriginalString);
    }

    [Fact]
    public async Task Too_many_wrong_ones_from_one_address_have_to_wait()
    {
        _shop.Settings["Accounts:WrongSignInsPerMinute"] = "3";
        var person = _shop.NewShopper();
        for (var tries = 0; tries < 3; tries++)
            await TryAsync(person, $"name-{tries}", "wrong-password");

        var answer = await TryAsync(person, "shopper", OpenSampleShop.Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(answer.Response.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
    }

    [Fact]
    public async Task Without_remember_me_the_cookie_ends_with_the_browser()
    {
        var passing = await TryAsync(_shop.NewShopper(), "shopper", OpenSampleShop.Password);
        var lasting = await TryAsync(_shop.NewShopper(), "shopper", OpenSampleShop.Password, remember: true);

        Assert.DoesNotContain("expires=", SessionCookieOf(passing), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", SessionCookieOf(lasting), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_makes_a_copied_cookie_worthless()
    {
        var (owner, thief) = (_shop.NewShopper(), _shop.NewShopper());
        var copied = SessionCookieOf(await TryAsync(owner, "shopper", OpenSampleShop.Password)).Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, (await WithCookieAsync(thief, copied)).StatusCode);

        var page = await owner.GetAsync("/account/sign-out");
        var left = await owner.SubmitAsync(page, "main form");

        Assert.Equal(HttpStatusCode.Redirect, left.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await WithCookieAsync(thief, copied)).StatusCode);
    }

    [Fact]
    public async Task Seeing_the_sign_out_page_signs_nobody_out()
    {
        var person = await _shop.SignedInAsync();

        await person.GetAsync("/account/sign-out");

        Assert.Equal(1, await _shop.ReadAsync(db => db.SignInSessions.CountAsync(session => session.EndedAt == null)));
    }

    [Fact]
    public async Task The_session_outlives_the_renewal_of_its_cookie_but_not_ninety_days()
    {
        var person = await _shop.SignedInAsync();

        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await person.GetAsync("/account/sign-out");
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/account/sign-out")).Status);
        for (var weeks = 0; weeks < 13; weeks++)
        {
            _shop.Clock.Advance(TimeSpan.FromDays(7));
            await person.GetAsync("/account/sign-out");
        }

        Assert.Equal(HttpStatusCode.Redirect, (await person.GetAsync("/account/sign-out")).Status);
    }

    private static async Task<SeenPage> TryAsync(Shopper person, string name, string password, string at = "/account/sign-in", bool remember = false)
    {
        var page = await person.GetAsync(at);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Password"] = password };
        if (remember)
            fields["Remember"] = "true";
        return await person.SubmitAsync(page, "main form", fields);
    }

    private static async Task<double> TimeAsync(Shopper person, string name)
    {
        var page = await person.GetAsync("/account/sign-in");
        var started = Stopwatch.GetTimestamp();
        await person.SubmitAsync(page, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Password"] = "wrong-password" });
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static string Alert(SeenPage page) => page.Document.QuerySelector("[role=alert]")?.TextContent ?? "";

    private static string SessionCookieOf(SeenPage page) =>
        page.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal));

    private static async Task<HttpResponseMessage> WithCookieAsync(Shopper person, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-out");
        request.Headers.Add("Cookie", cookie);
        return await person.Client.SendAsync(request);
    }
}
