using System.Collections.Concurrent;
using System.Net;
using CourseShop.Accounts;
using CourseShop.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace CourseShop.Tests.Pages;

/// <summary>Every address of the shop, as the shop itself lists them, with everything that it was not made for: always an answer, never a failure.</summary>
public sealed class BadInputTests(BadInputTests.Shop shop, ITestOutputHelper output) : IClassFixture<BadInputTests.Shop>
{
    /// <summary>Where one form can't stand for all the others: they change who sends the next.</summary>
    private static readonly string[] Doors = ["/Account/SignIn", "/Account/SignUp", "/Account/SignOut", "/Account/Reset"];

    [Fact]
    public async Task No_address_fails()
    {
        var faults = await TryAsync(route => route.HasParameters && route.Name != "/{**path}", async (route, tell) =>
        {
            foreach (var value in Attack.Values.Where(value => !value.Contains('\0', StringComparison.Ordinal))) // the server itself refuses those
                tell($"GET {route.Pattern} of {Attack.Short(value)}", await shop.Staff.GetAsync(route.Fill(_ => Uri.EscapeDataString(value.Replace('/', '_')))));
        });

        Assert.Empty(faults);
    }

    [Fact]
    public async Task No_query_fails()
    {
        var faults = await TryAsync(route => !route.Methods.SequenceEqual(["POST"]), async (route, tell) =>
        {
            var address = route.Fill(shop.Known);
            foreach (var (place, key) in route.QueryKeys.Index())
            {
                // one key with every value, the others with a part of them
                foreach (var value in Attack.Values.Where((_, number) => route.Page is null || place == 0 || number % 6 == place % 6))
                    tell($"GET {address}?{key}={Attack.Short(value)}", await shop.Staff.GetAsync($"{address}?{key}={Uri.EscapeDataString(value)}"));
            }

            foreach (var form in new[] { "{0}[]=1", "{0}[0]=1", "{0}=1&{0}=2", "{0}[a][b]=1", "{0}.x=1", "={0}", "{0}=%ff%fe", "{0}=%c0%af", "{0}" })
            {
                var query = string.Join('&', route.QueryKeys.Select(key => form.Replace("{0}", key, StringComparison.Ordinal)));
                tell($"GET {address}?{query}", await shop.Staff.GetAsync($"{address}?{query}"));
            }

            tell($"GET {address} with everything", await shop.Staff.GetAsync($"{address}?{string.Join('&', route.QueryKeys.Select(key => $"{key}={Uri.EscapeDataString("';\0<b>")}"))}"));
        });

        Assert.Empty(faults);
    }

    [Fact]
    public async Task No_form_fails()
    {
        var token = await shop.Staff.TokenAsync();
        var faults = await TryAsync(route => route.Handlers.Any(handler => handler.Method == "POST"), async (route, tell) =>
        {
            foreach (var handler in route.Handlers.Where(handler => handler.Method == "POST"))
            {
                var address = $"{route.Fill(shop.Known)}?handler={handler.Name}";
                foreach (var fields in Nonsense(handler.Fields))
                {
                    var isDoor = Doors.Contains(route.Page);
                    var sender = isDoor ? shop.NewShopper() : shop.Staff;
                    tell($"POST {address} {Attack.Short(string.Join('&', fields))}", await sender.PostAsync(address, [isDoor ? await sender.TokenAsync() : token, .. fields]));
                }
            }
        });

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("application/json", "{\"a\":1}")]
    [InlineData("text/xml", "<a/>")]
    [InlineData("text/plain", "a=b")]
    [InlineData("not a type", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset = utf-7", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8; charset=utf-7", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset=gbk", "a=b")]
    [InlineData("application/x-www-form-urlencoded; charset=nonsense", "a=b")]
    [InlineData("multipart/form-data", "nothing")]
    [InlineData("multipart/form-data; boundary=", "nothing")]
    [InlineData("multipart/form-data; boundary=x", "nothing")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\na\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../x\"\r\n\r\na\r\n--x--\r\n")]
    [InlineData(null, "a=b")]
    public async Task A_body_of_another_kind_is_refused(string? type, string body)
    {
        var faults = await TryAsync(route => route.Handlers.Any(handler => handler.Method == "POST"), async (route, tell) =>
        {
            var page = await shop.Staff.PostRawAsync(route.Fill(shop.Known), type, body);
            tell($"{route.Pattern} {(int)page.Status}", page);
            if (page.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType))
                tell($"{route.Pattern} was answered with {(int)page.Status}", null);
        });

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Too_many_fields_are_refused()
    {
        var token = await shop.Staff.TokenAsync();

        foreach (var fields in new IEnumerable<KeyValuePair<string, string>>[]
        {
            Enumerable.Range(0, 5_000).Select(number => Attack.Field($"f{number}", "1")),
            [Attack.Field(new('k', 5_000), "1")],
            [Attack.Field("selected", new('1', 5_000_000))],
        })
            Assert.Equal(HttpStatusCode.BadRequest, (await shop.Staff.PostAsync("/cart", [token, .. fields])).Status);

        var query = string.Join('&', Enumerable.Range(1_020, 40).Select(number => $"Selected[{number}]=1"));
        var split = await shop.Staff.PostAsync($"/cart?{query}", [token, .. Enumerable.Range(0, 1_020).Select(number => Attack.Field($"Selected[{number}]", "1"))]);
        Assert.Equal(HttpStatusCode.Redirect, split.Status);
    }

    [Theory]
    [InlineData("Cookie", "language=c%3Dxx|uic=zz; theme=%00; session=abc; cart=zz; message=abc; antiforgery=zz")]
    [InlineData("Cookie", ";;;=;a==b;\u007f")]
    [InlineData("Accept-Language", ";;;,q=2,*;q=x")]
    [InlineData("Accept-Encoding", ";;,q=,br;q=9")]
    [InlineData("Range", "bytes=99999999999999999999-,-0,a-b")]
    [InlineData("If-None-Match", "\"")]
    [InlineData("If-Modified-Since", "yesterday")]
    [InlineData("User-Agent", "\u007f{0}%s")]
    [InlineData("HX-Request", "true\u007f")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    public async Task No_header_fails(string name, string value)
    {
        var faults = await TryAsync(route => !route.Methods.SequenceEqual(["POST"]) && route.Page?.StartsWith("/Error", StringComparison.Ordinal) != true, async (route, tell) =>
        {
            foreach (var address in new[] { route.Fill(shop.Known), "/media/lessons/1", "/css/shop.css" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.TryAddWithoutValidation(name, value);
                tell($"{address}", await shop.Guest.SendAsync(request));
            }
        });

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("OPTIONS")]
    [InlineData("CONNECT")]
    [InlineData("GARBAGE")]
    public async Task No_other_method_is_known(string method)
    {
        var faults = await TryAsync(_ => true, async (route, tell) =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), route.Fill(shop.Known));
            var page = await shop.Staff.SendAsync(request);
            tell($"{route.Pattern} {(int)page.Status}", page);
            if (page.Status != HttpStatusCode.MethodNotAllowed)
                tell($"{method} {route.Pattern} was answered with {(int)page.Status}", null);
        });

        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_page_without_a_handler_takes_no_form()
    {
        var token = await shop.Staff.TokenAsync();
        var faults = await TryAsync(route => route.Page is not null && route.Handlers.All(handler => handler.Method != "POST"), async (route, tell) =>
        {
            var page = await shop.Staff.PostAsync(route.Fill(shop.Known), [token]);
            tell(route.Pattern, page);
            if (page.Status != HttpStatusCode.MethodNotAllowed)
                tell($"{route.Pattern} was answered with {(int)page.Status}", null);
        });

        Assert.Empty(faults);
    }

    private async Task<List<string>> TryAsync(Func<Route, bool> wanted, Func<Route, Action<string, SeenPage?>, Task> attempt)
    {
        var faults = new ConcurrentQueue<string>();
        var tries = 0;
        foreach (var route in (await Route.OfAsync(shop)).Where(wanted))
        {
            await attempt(route, (what, page) =>
            {
                tries++;
                if (page is null)
                    faults.Enqueue(what);
                else if (page.Fault() is { } fault)
                    faults.Enqueue($"{what}: {fault}");
            });
        }

        output.WriteLine($"{tries} tries");
        Assert.True(tries > 0);
        return [.. faults.Take(30)];
    }

    /// <summary>Each field with every value, and shapes that no field has.</summary>
    private static IEnumerable<List<KeyValuePair<string, string>>> Nonsense(IReadOnlyList<string> fields)
    {
        yield return [];
        foreach (var value in Attack.Values)
            yield return [.. fields.Select(field => Attack.Field(field, value))];
        foreach (var field in fields)
        {
            foreach (var value in Attack.Values.Where((_, number) => number % 4 == 0))
                yield return [Attack.Field(field, value)];
            foreach (var shape in new[] { "{0}[]", "{0}[0]", "{0}[a]", "{0}.index", "{0}[0].Key", "{0}.x", "[{0}]", "{0}[" })
                yield return [Attack.Field(shape.Replace("{0}", field, StringComparison.Ordinal), "1"), Attack.Field(shape.Replace("{0}", field, StringComparison.Ordinal), "x")];
        }
    }

    /// <summary>One shop with an order in it, whose owner is staff too: every page there is can be reached.</summary>
    public sealed class Shop : ShopHost, IAsyncLifetime
    {
        private string _number = "";

        public Shopper Staff { get; private set; } = null!;
        public Shopper Guest { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Settings["Accounts:WrongSignInsPerMinute"] = "1000000";
            await LetWriteAsync("admin");
            Staff = await SignedInAsync("admin");
            Guest = NewShopper();
            _number = await Staff.OrderAsync(await this.PlainCourseAsync());
            await Staff.AddToCartAsync(await this.PlainCourseAsync(1));
        }

        Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

        /// <summary>Makes an author of somebody, with the first article for theirs.</summary>
        private Task LetWriteAsync(string name) => WriteAsync(async db =>
        {
            var user = await db.Users.Where(user => user.UserName == name).Select(user => user.Id).SingleAsync();
            var role = await db.Roles.Where(role => role.Name == Roles.Author).Select(role => role.Id).SingleAsync();
            db.UserRoles.Add(new IdentityUserRole<long> { UserId = user, RoleId = role });
            await db.Articles.Where(article => article.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(article => article.AuthorId, user));
        });

        /// <summary>A value for a part of an address that leads to something.</summary>
        public string Known(string parameter) => parameter switch
        {
            "number" => _number,
            "code" => "404",
            "date" => "2026-11-20",
            _ => "1",
        };
    }
}
