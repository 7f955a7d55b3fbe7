using System.Diagnostics;
using System.Net;
using CourseShop.Catalog;
using CourseShop.Sharing;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Sharing;

/// <summary>Two servers on one PostgreSQL and one Redis, which has its bad days.</summary>
public sealed class SeveralServersTests : IDisposable
{
    private readonly RedisServer? _redis = RedisServer.WhyMissing is null ? new() : null;
    private readonly PostgresShopHost? _here = PostgresServer.WhyMissing is null ? new() : null;
    private ShopHost? _there;

    public void Dispose()
    {
        _there?.Dispose();
        _here?.Dispose();
        _redis?.Dispose();
    }

    [RedisAndPostgresFact]
    public async Task A_page_that_one_has_made_the_other_serves()
    {
        await OpenAsync(withRedis: true);
        await _here!.NewShopper().GetAsync("/courses");
        var kept = _redis!.Say("KEYS", "courseshop:cache:page:*").Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var there = await _there!.NewShopper().GetAsync("/courses");

        Assert.Single(kept);
        Assert.Equal(HttpStatusCode.OK, there.Status);
        Assert.Equal(kept, _redis.Say("KEYS", "courseshop:cache:page:*").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [RedisAndPostgresFact]
    public Task A_change_at_one_is_seen_at_the_other_when_redis_says_so() => ChangeIsSeenAsync(withRedis: true, _ => { });

    [RedisAndPostgresFact]
    public Task A_change_is_seen_too_when_redis_is_killed_meanwhile() => ChangeIsSeenAsync(withRedis: true, redis => redis.Kill());

    [RedisAndPostgresFact]
    public Task A_change_is_seen_too_when_redis_was_emptied() => ChangeIsSeenAsync(withRedis: true, redis => redis.Say("FLUSHALL"));

    [RedisAndPostgresFact]
    public Task A_change_is_seen_without_any_redis() => ChangeIsSeenAsync(withRedis: false, _ => { });

    [RedisAndPostgresFact]
    public async Task Wrong_sign_ins_at_both_count_together()
    {
        await OpenAsync(withRedis: true, new KeyValuePair<string, string>("Accounts:WrongSignInsPerMinute", "6"));
        var (here, there) = (_here!.NewShopper(), _there!.NewShopper());

        var answers = new List<HttpStatusCode>();
        for (var time = 0; time < 8; time++)
            answers.Add(await WrongSignInAsync(time % 2 == 0 ? here : there));

        Assert.Equal(6, answers.IndexOf(HttpStatusCode.TooManyRequests));
    }

    [RedisAndPostgresFact]
    public async Task Whatever_becomes_of_redis_people_sign_in_fill_carts_and_buy_at_both()
    {
        await OpenAsync(withRedis: true, new KeyValuePair<string, string>("ConnectionStrings:Redis", _redis!.Setting));
        var steps = new (string What, Action Happens)[]
        {
            ("there", () => { }), ("frozen", _redis.Freeze), ("back", _redis.Thaw), ("killed", _redis.Kill), ("restarted", _redis.StartAgain), ("emptied", () => _redis.Say("FLUSHALL")),
        };
        var number = 0;
        foreach (var (what, happens) in steps)
        {
            happens();
            var since = Stopwatch.GetTimestamp();
            Assert.Equal((what, HttpStatusCode.OK), (what, (await _here!.NewShopper().GetAsync("/")).Status));
            Assert.Equal((what, HttpStatusCode.OK), (what, (await _there!.NewShopper().GetAsync("/courses?sort=newest")).Status));
            var shopper = await (number % 2 == 0 ? _here : _there).SignedInAsync();
            var order = await shopper.OrderAsync(await _here.PlainCourseAsync(number++));
            await shopper.OpenPaymentAsync(order);
            var tradeNo = await _here.PayAtAlipayAsync(order);
            var total = await _here.ReadAsync(db => db.Orders.Where(one => one.Number == order).Select(one => one.Total).SingleAsync());
            Assert.Equal((what, "success"), (what, await _there.NotifyAsync(FakeAlipay.Notification(order, tradeNo, total))));
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30), what);
        }

        await _here!.AssertHoldAsync();
    }

    [RedisAndPostgresFact]
    public async Task A_session_of_one_is_a_session_of_the_other_and_ends_at_both()
    {
        await OpenAsync(withRedis: true);
        var jar = new CookieContainer();
        var here = new Shopper(_here!.CreateDefaultClient(new CookieJarHandler { Jar = jar }));
        var there = new Shopper(_there!.CreateDefaultClient(new CookieJarHandler { Jar = jar }));
        await here.SignInAsync("shopper");
        _redis!.Say("FLUSHALL");

        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/account")).Status);
        await there.SubmitAsync(await there.GetAsync("/account"), "form[action$='sign-out']");
        Assert.NotEqual(HttpStatusCode.OK, (await here.GetAsync("/account")).Status);
    }

    private async Task ChangeIsSeenAsync(bool withRedis, Action<RedisServer> happens)
    {
        await OpenAsync(withRedis);
        var title = await _here!.ReadAsync(db => db.Courses.Where(course => course.Id == 1).Select(course => course.Title).SingleAsync());
        Assert.Contains(title, (await _here.NewShopper().GetAsync("/courses")).Text, StringComparison.Ordinal);
        Assert.Contains(title, (await _there!.NewShopper().GetAsync("/courses")).Text, StringComparison.Ordinal);

        happens(_redis!);
        await _here.WriteAsync(db => db.Courses.Where(course => course.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(course => course.Title, "一夜之间改了名")));

        Assert.Contains("一夜之间改了名", (await _here.NewShopper().GetAsync("/courses")).Text, StringComparison.Ordinal);
        await Patience.UntilAsync("the other server still shows the old name", TimeSpan.FromSeconds(15), // in a minute the page would have gone by itself
            async () => (await _there.NewShopper().GetAsync("/courses")).Text.Contains("一夜之间改了名", StringComparison.Ordinal));
        Assert.Equal(_here.Service<CatalogueCache>().Version, _there.Service<CatalogueCache>().Version);
    }

    private static async Task<HttpStatusCode> WrongSignInAsync(Shopper person) =>
        (await person.SubmitAsync(await person.GetAsync("/account/sign-in"), "form:has(input[type=password])", Refunding.Fields("Name", "nobody", "Password", "wrong-password"))).Status;

    private async Task OpenAsync(bool withRedis, params IEnumerable<KeyValuePair<string, string>> settings)
    {
        _there = _here!.Beside();
        foreach (var server in new[] { _here, _there })
        {
            server.Settings["ConnectionStrings:Redis"] = withRedis ? $"{_redis!.Setting},syncTimeout=3000" : ""; // a busy machine is no Redis that is away
            foreach (var (key, value) in settings)
                server.Settings[key] = value;
            await Patience.UntilAsync("Redis is there, and the shop does not find it", async () => await server.Service<SharedCounts>().AddAsync("warm up") > 0 || !withRedis);
        }
    }
}
