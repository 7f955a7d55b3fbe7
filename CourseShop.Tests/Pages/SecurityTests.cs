using System.Net;
using CourseShop.Common;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages;

/// <summary>What holds on every address, whoever asks.</summary>
public sealed class SecurityTests(BadInputTests.Shop shop) : IClassFixture<BadInputTests.Shop>
{
    /// <summary>Everything that may be asked for without signing in. Who adds to it says so here.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "/Index", "/About", "/Help", "/Error", "/Cart", "/Courses/Index", "/Courses/Course", "/Teachers/Teacher", "/Coupons/Index", "/Learn/Course", "/Learn/Lesson", "/Payments/Return",
        "/Articles/Index", "/Articles/Article", "/Articles/Likes", "/Authors/Author", "/articles/feed", "/authors/{id:long}/feed", "/pictures/{name}",
        "/Account/SignIn", "/Account/SignUp", "/Account/SignOut", "/Account/Reset", "/AlipaySimulator/Index", "/AlipaySimulator/Pay",
        "/payments/alipay/notify", "/media/lessons/{lessonId:long}", "/preferences", "/courses/suggest", "/health/live", "/health/ready", "/health/deep", "/{**path}",
    };

    [Fact]
    public async Task Only_these_addresses_are_open_to_everybody()
    {
        var routes = await Route.OfAsync(shop);

        Assert.Equal(Open.Order(StringComparer.Ordinal), routes.Where(route => route.IsAnonymous).Select(route => route.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var route in routes.Where(route => !route.IsAnonymous))
        {
            var page = await shop.Guest.GetAsync(route.Fill(shop.Known));
            Assert.True(page.Location?.PathAndQuery.StartsWith("/account/sign-in?returnUrl=", StringComparison.Ordinal) == true, route.Pattern);
        }
    }

    [Fact]
    public async Task The_back_office_is_for_staff()
    {
        var shopper = await shop.SignedInAsync();
        var token = await shopper.TokenAsync();
        foreach (var route in (await Route.OfAsync(shop)).Where(route => route.Page?.StartsWith("/Admin/", StringComparison.Ordinal) == true))
        {
            foreach (var page in new[] { await shopper.GetAsync(route.Fill(shop.Known)), await shopper.PostAsync(route.Fill(shop.Known), [token]) })
                Assert.True(page.Status == HttpStatusCode.Forbidden || page.Location?.OriginalString.Contains("/error/403", StringComparison.Ordinal) == true, $"{route.Pattern}: {page.Status}");
        }
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_by_every_handler()
    {
        var strange = await shop.NewShopper().TokenAsync();
        foreach (var route in (await Route.OfAsync(shop)).Where(route => route.Page is not null))
        {
            foreach (var handler in route.Handlers.Where(handler => handler.Method == "POST"))
            {
                var address = $"{route.Fill(shop.Known)}?handler={handler.Name}";
                foreach (var fields in new[] { [], [strange], new[] { Attack.Field(strange.Key, "garbage") } })
                    Assert.True((await shop.Staff.PostAsync(address, fields)).Status == HttpStatusCode.BadRequest, address);
            }
        }
    }

    [Fact]
    public async Task Looking_changes_nothing()
    {
        var before = await shop.FingerprintAsync();
        foreach (var route in (await Route.OfAsync(shop)).Where(route => !route.Methods.SequenceEqual(["POST"])))
        {
            var address = route.Fill(shop.Known);
            foreach (var handler in route.Handlers.Select(handler => handler.Name).Append("").Distinct(StringComparer.Ordinal))
            {
                await shop.Staff.GetAsync($"{address}?handler={handler}&remove=1&id=1&course=1&term=1&Key={new string('a', 32)}");
                using var head = new HttpRequestMessage(HttpMethod.Head, $"{address}?handler={handler}");
                await shop.Staff.SendAsync(head);
                await shop.Guest.GetAsync($"{address}?handler={handler}");
            }
        }

        Assert.Equal(before, await shop.FingerprintAsync());
    }

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("GET", "/courses/1", HttpStatusCode.OK)]
    [InlineData("HEAD", "/courses", HttpStatusCode.OK)]
    [InlineData("GET", "/css/shop.css", HttpStatusCode.OK)]
    [InlineData("GET", "/favicon.svg", HttpStatusCode.OK)]
    [InlineData("GET", "/media/lessons/1", HttpStatusCode.OK)]
    [InlineData("GET", "/health/live", HttpStatusCode.OK)]
    [InlineData("GET", "/preferences?theme=dark", HttpStatusCode.Redirect)]
    [InlineData("GET", "/orders", HttpStatusCode.Redirect)]
    [InlineData("GET", "/orders/1/state", HttpStatusCode.Redirect)]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/media/lessons/999999", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/courses/1", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/payments/alipay/notify", HttpStatusCode.OK)]
    public async Task Every_kind_of_answer_tells_the_browser_the_rules(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await shop.Guest.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Null(answer.MissingHeader());
    }

    [Fact]
    public async Task A_failure_tells_the_browser_the_rules_too()
    {
        using var broken = new ShopHost();
        await broken.WriteAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Teachers RENAME TO Gone"));

        var answer = await broken.NewShopper().GetAsync("/courses");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Null(answer.MissingHeader());
        Assert.True(answer.Response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task What_is_one_persons_is_kept_by_nobody()
    {
        foreach (var route in (await Route.OfAsync(shop)).Where(route => route.Page is not null && !route.Page.StartsWith("/AlipaySimulator", StringComparison.Ordinal)))
        {
            var page = await shop.Staff.GetAsync(route.Fill(shop.Known));
            Assert.True(page.Response.Headers.CacheControl?.NoStore, $"{route.Pattern} says {page.Response.Headers.CacheControl}");
        }
    }

    [Fact]
    public async Task Every_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        var guest = shop.NewShopper();
        var door = await guest.GetAsync("/account/sign-in");
        var entered = await guest.SubmitAsync(door, "form:has(input[type=password])", new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = "second", ["Password"] = CourseShop.Data.OpenSampleShop.Password });
        var stranger = shop.NewShopper();
        var added = await stranger.SubmitAsync(await stranger.GetAsync("/courses/1"), "form.buy", button: "加入购物车");
        var chosen = await guest.GetAsync("/preferences?theme=dark&language=en");

        var cookies = new[] { door, entered, added, chosen }.SelectMany(page => page.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        Assert.All(["antiforgery=", "session=", "cart=", "message=", "theme=", "language="], name => Assert.Contains(cookies, cookie => cookie.StartsWith(name, StringComparison.Ordinal)));
        Assert.All(cookies, cookie => Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie => Assert.Matches("(?i)samesite=(lax|strict)", cookie));
        Assert.All(cookies, cookie => Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Signing_in_begins_a_session_of_its_own_and_ends_the_one_before()
    {
        var shopper = await shop.SignedInAsync("second");
        var id = await shop.UserIdAsync("second");
        var first = await shop.ReadAsync(db => db.SignInSessions.Where(session => session.UserId == id).OrderByDescending(session => session.Id).FirstAsync());

        await shopper.PostAsync("/account/sign-in", [await shopper.TokenAsync(), new("Name", "second"), new("Password", CourseShop.Data.OpenSampleShop.Password)]);

        var sessions = await shop.ReadAsync(db => db.SignInSessions.Where(session => session.UserId == id && session.Id >= first.Id).OrderBy(session => session.Id).ToListAsync());
        Assert.Equal(2, sessions.Count);
        Assert.NotEqual(first.Key, sessions[1].Key);
        Assert.NotNull(sessions[0].EndedAt);
        Assert.Null(sessions[1].EndedAt);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\n/evil.example")]
    [InlineData("\t//evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("evil.example")]
    [InlineData("@evil.example")]
    [InlineData("~//evil.example")]
    [InlineData("?x")]
    [InlineData("")]
    public async Task Nobody_is_led_to_another_site(string where)
    {
        var asked = Uri.EscapeDataString(where);

        var back = await shop.Guest.GetAsync($"/preferences?theme=dark&back={asked}");
        var entered = await shop.Staff.GetAsync($"/account/sign-in?returnUrl={asked}");
        var door = await shop.Guest.GetAsync($"/account/sign-up?returnUrl={asked}");

        Assert.Equal("/", back.Location!.OriginalString);
        Assert.Equal("/", entered.Location!.OriginalString);
        Assert.DoesNotContain(door.Document.QuerySelectorAll("main a"), link => link.GetAttribute("href")!.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/课程?q=数据 库", "/%E8%AF%BE%E7%A8%8B?q=%E6%95%B0%E6%8D%AE%20%E5%BA%93")]
    [InlineData("/courses?q=%E6%95%B0#x", "/courses?q=%E6%95%B0#x")]
    [InlineData("/😀", "/%F0%9F%98%80")]
    public async Task An_address_in_Chinese_can_be_led_to(string where, string location)
    {
        Assert.Equal(location, (await shop.Guest.GetAsync($"/preferences?back={Uri.EscapeDataString(where)}")).Location!.OriginalString);
        Assert.Equal(location, (await shop.Staff.GetAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(where)}")).Location!.OriginalString);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Original-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example")]
    public async Task The_shops_own_address_is_never_what_a_request_says(string header, string value)
    {
        using var named = new ShopHost();
        named.Settings["Shop:PublicUrl"] = "https://shop.example.com";
        var shopper = await named.SignedInAsync();
        var number = await shopper.OrderAsync(await named.PlainCourseAsync());
        var cashier = await shopper.GetAsync($"/orders/{number}/pay");

        using var open = new HttpRequestMessage(HttpMethod.Post, $"/orders/{number}/pay") { Content = new FormUrlEncodedContent([Attack.Field("__RequestVerificationToken", cashier.Document.QuerySelector("form.buybar input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]) };
        open.Headers.TryAddWithoutValidation(header, value);
        var opened = await shopper.SendAsync(open);
        using var look = new HttpRequestMessage(HttpMethod.Get, "/courses");
        look.Headers.TryAddWithoutValidation(header, value);
        await named.NewShopper().SendAsync(look);
        var home = await named.NewShopper().GetAsync("/courses");

        var asked = Uri.UnescapeDataString(opened.Location!.OriginalString);
        Assert.Contains("notify_url=https://shop.example.com/payments/alipay/notify", asked, StringComparison.Ordinal);
        Assert.Contains("return_url=https://shop.example.com/payments/alipay/return", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", asked, StringComparison.Ordinal);
        Assert.Equal("https://shop.example.com/courses", home.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.DoesNotContain("evil", home.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_for_all_guests_holds_nothing_of_one()
    {
        foreach (var path in new[] { "/", "/courses", "/courses?page=2&page=%3Cscript%3E" })
        {
            using var first = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (var (name, value) in new[] { ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("X-Original-URL", "/evil"), ("X-Rewrite-URL", "/evil"), ("User-Agent", "evil"), ("Cookie", "theme=evil; language=evil; other=evil"), ("HX-Request", "true") })
                first.Headers.TryAddWithoutValidation(name, value);

            foreach (var page in new[] { await shop.NewShopper().SendAsync(first), await shop.NewShopper().GetAsync(path) })
            {
                Assert.False(page.Response.Headers.Contains("Set-Cookie"));
                Assert.DoesNotContain("evil", page.Html, StringComparison.Ordinal);
                Assert.DoesNotContain("__RequestVerificationToken", page.Html, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/data/shop.db")]
    [InlineData("/shop.db")]
    [InlineData("/keys/app_private_key.pem")]
    [InlineData("/css/..%2f..%2fappsettings.json")]
    [InlineData("/css/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/CourseShop.Web/Program.cs")]
    [InlineData("/media/lesson.mp4")]
    public async Task Nothing_of_the_inside_is_served(string path) => Assert.Equal(HttpStatusCode.NotFound, (await shop.Guest.GetAsync(path)).Status);

    [Fact]
    public async Task A_strangers_things_are_not_there()
    {
        var owner = await shop.SignedInAsync();
        var number = await owner.OrderAsync(await shop.PlainCourseAsync(2));
        await owner.OpenPaymentAsync(number);
        await shop.PayAtAlipayAsync(number);
        await owner.GetAsync($"/orders/{number}/result");
        var course = await shop.PlainCourseAsync(2);
        var lesson = await shop.ReadAsync(db => db.Lessons.Where(lesson => !lesson.IsFreeTrial && lesson.MediaFile != null && db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == course)).Select(lesson => lesson.Id).FirstAsync());
        var stranger = await shop.SignedInAsync("second");
        var token = await stranger.TokenAsync();

        foreach (var route in (await Route.OfAsync(shop)).Where(route => route.Pattern.StartsWith("/orders/{number}", StringComparison.OrdinalIgnoreCase)))
        {
            Assert.True((await owner.GetAsync(route.Fill(_ => number))).Status is HttpStatusCode.OK or HttpStatusCode.Redirect, route.Pattern);
            Assert.True((await stranger.GetAsync(route.Fill(_ => number))).Status == HttpStatusCode.NotFound, route.Pattern);
            foreach (var handler in route.Handlers.Where(handler => handler.Method == "POST"))
                Assert.True((await stranger.PostAsync($"{route.Fill(_ => number)}?handler={handler.Name}", [token])).Status == HttpStatusCode.NotFound, $"{route.Pattern} {handler.Name}");
        }

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/media/lessons/{lesson}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/media/lessons/{lesson}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"/learn/{course}/{lesson}")).Status);
        Assert.DoesNotContain(number, (await stranger.GetAsync($"/orders?q={number}")).Document.QuerySelector(".stack")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_that_is_not_out_yet_is_not_even_named()
    {
        var course = await shop.PlainCourseAsync(3);
        var title = await shop.ReadAsync(db => db.Courses.Where(found => found.Id == course).Select(found => found.Title).SingleAsync());
        await shop.WriteAsync(db => db.Courses.Where(found => found.Id == course).ExecuteUpdateAsync(set => set.SetProperty(found => found.PublishedAt, shop.Clock.Now.AddDays(1))));
        await shop.Service<CourseShop.Catalog.CatalogueCache>().EvictAsync(CancellationToken.None);
        var shopper = await shop.SignedInAsync("second");
        var token = await shopper.TokenAsync();

        foreach (var path in new[] { "/", "/courses", $"/courses?q={Uri.EscapeDataString(title)}&page=1", $"/courses/{course}", $"/learn/{course}", $"/checkout?course={course}" })
            Assert.DoesNotContain(title, (await shopper.GetAsync(path)).Text.Replace($"“{title}”", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.PostAsync($"/courses/{course}?handler=Add", [token])).Status);
        Assert.False(await shop.ReadAsync(db => db.CartItems.AnyAsync(item => item.CourseId == course)));
        var placed = await shopper.PostAsync("/checkout?handler=place", [token, new("Course", $"{course}"), new("Key", new string('b', 32)), new("AgreedTotal", "0")]);
        Assert.DoesNotContain(title, placed.Text, StringComparison.Ordinal);
        Assert.False(await shop.ReadAsync(db => db.OrderLines.AnyAsync(line => line.CourseId == course)));
    }

    [Fact]
    public async Task Nobody_makes_more_of_themselves_than_they_are()
    {
        var guest = shop.NewShopper();
        var page = await guest.GetAsync("/account/sign-up");
        var extra = new[] { "Id", "UserId", "Role", "Roles", "IsAdmin", "User.IsStaff", "Credits", "Nickname", "SecurityStamp", "EmailConfirmed", "CreatedAt", "Status", "Total", "AmountPaid", "PaidAt" };

        var made = await guest.SubmitAsync(page, "form:has(input[type=password])", extra.Append("Name").ToDictionary(name => name, name => name == "Name" ? "大志" : "1", StringComparer.Ordinal).Append(new("Password", "a-long-enough-one-7")).ToDictionary(StringComparer.Ordinal));

        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var user = await shop.ReadAsync(db => db.Users.SingleAsync(user => user.UserName == "大志"));
        Assert.True(user.Id > 1 && user is { Nickname: "", EmailConfirmed: false } && user.SecurityStamp != "1");
        Assert.False(await shop.ReadAsync(db => db.UserRoles.AnyAsync(role => role.UserId == user.Id)));
        Assert.Equal(0, await shop.CreditsAsync(user.Id));
    }
}
