using System.Net;
using System.Text.Json;
using CourseShop.Operations;
using CourseShop.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Operations;

/// <summary>The watchdog finds what is wrong, tells staff and machines, and falls silent when it is right again.</summary>
public sealed class WatchMoneyTests : IDisposable
{
    private const string Break = """UPDATE "Orders" SET "ListTotal" = "ListTotal" + 1""";
    private const string Mend = """UPDATE "Orders" SET "ListTotal" = "ListTotal" - 1""";

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task What_is_broken_is_an_alarm_until_it_is_right_again()
    {
        var number = await OrderAsync();
        var quiet = await WatchAsync();
        await _shop.TamperAsync(Break);
        _shop.Clock.Advance(TimeSpan.FromHours(25));
        var found = await WatchAsync();
        var open = await AlarmsAsync();
        await _shop.TamperAsync(Mend);
        _shop.Clock.Advance(TimeSpan.FromMinutes(61));
        await WatchAsync();

        Assert.Equal([CheckDepth.Everything, CheckDepth.Everything], [quiet, found]);
        var alarm = Assert.Single(open, alarm => alarm.Invariant == "7.2");
        Assert.Equal((number, (DateTimeOffset?)null), (alarm.Subject, alarm.ClearedAt));
        Assert.Equal(_shop.Clock.Now, (await AlarmsAsync()).Single(alarm => alarm.Invariant == "7.2").ClearedAt);
    }

    [Fact]
    public async Task It_looks_at_what_waits_every_minute_at_what_changed_every_hour_and_at_everything_every_night()
    {
        await OrderAsync();
        await WatchAsync();
        var looks = new List<CheckDepth>();
        for (var minutes = 0; minutes < 24 * 60; minutes += 10)
        {
            _shop.Clock.Advance(TimeSpan.FromMinutes(10));
            looks.Add(await WatchAsync());
        }

        Assert.InRange(looks.Count(look => look == CheckDepth.Everything), 1, 2);
        Assert.InRange(looks.Count(look => look == CheckDepth.Changed), 21, 24);
        Assert.True(looks.Count(look => look == CheckDepth.Waiting) > 100);
    }

    [Fact]
    public async Task Every_hour_it_finds_what_broke_in_an_order_that_something_happened_to()
    {
        var number = await OrderAsync();
        await WatchAsync();
        await _shop.TamperAsync(Break);
        _shop.Clock.Advance(TimeSpan.FromMinutes(61));

        var look = await WatchAsync();

        Assert.Equal(CheckDepth.Changed, look);
        Assert.Contains(await AlarmsAsync(), alarm => alarm.Invariant == "7.2" && alarm.Subject == number);
    }

    [Fact]
    public async Task Held_money_is_told_within_a_minute_and_gone_within_a_minute_of_its_return()
    {
        await WatchAsync();
        var number = await OrderAsync();
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "t", new(1)));
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await WatchAsync();
        var open = await AlarmsAsync();
        await WatchAsync();
        await _shop.TamperAsync("""UPDATE "Payments" SET "Status" = 7""");
        await WatchAsync();

        Assert.Equal(CheckDepth.Waiting, first);
        Assert.Equal(("W1", number), open.Select(alarm => (alarm.Invariant, alarm.Subject)).Single());
        Assert.NotNull((await AlarmsAsync()).Single().ClearedAt);
    }

    [Fact]
    public async Task Two_watchdogs_raise_one_alarm()
    {
        await OrderAsync();
        await _shop.TamperAsync(Break);
        using var other = _shop.Beside();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => WatchAsync(turn % 2 == 0 ? _shop : other, CheckDepth.Everything)));

        Assert.Single(await AlarmsAsync());
    }

    [Fact]
    public async Task Staff_see_it_on_every_page_until_it_is_right_and_look_again_by_a_button()
    {
        var number = await OrderAsync();
        await _shop.TamperAsync(Break);
        var finance = await _shop.SignedInAsync("finance");
        var support = await _shop.SignedInAsync("support");

        var before = await finance.GetAsync("/admin");
        await PressAsync(finance);
        var pages = new[] { await support.GetAsync("/admin"), await support.GetAsync("/admin/orders"), await finance.GetAsync("/admin/check") };
        await _shop.TamperAsync(Mend);
        await PressAsync(finance);
        var after = await finance.GetAsync("/admin/check");

        Assert.Null(before.Document.QuerySelector(".alarms"));
        Assert.All(pages, page => Assert.Contains(number, page.Document.QuerySelector(".alarms")!.TextContent, StringComparison.Ordinal));
        Assert.Contains("账目有 1 处要处理", pages[0].Document.QuerySelector(".alarms")!.TextContent, StringComparison.Ordinal);
        Assert.Null(after.Document.QuerySelector(".alarms"));
        Assert.Contains("已经恢复的", after.Text, StringComparison.Ordinal);
        Assert.Contains("没有异常", after.Text, StringComparison.Ordinal);
        Assert.Null((await support.GetAsync("/admin/check")).Document.QuerySelector("main form[method=post]"));
    }

    [Theory]
    [InlineData("99.9")]
    [InlineData("7.2")]
    public async Task An_alarm_of_an_older_shop_whose_rule_is_gone_or_has_changed_is_still_shown(string invariant)
    {
        await _shop.WriteAsync(db =>
        {
            db.Add(new MoneyAlarm(invariant, "20260101", null, "fact one", _shop.Clock.Now));
            return Task.CompletedTask;
        });

        var page = await (await _shop.SignedInAsync("support")).GetAsync("/admin/check");

        Assert.Contains("fact one", page.Document.QuerySelector(".alarms")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_those_who_move_money_may_press_the_button()
    {
        var support = await _shop.SignedInAsync("support");
        var page = await (await _shop.SignedInAsync("finance")).GetAsync("/admin/check");
        var token = page.Document.QuerySelector("main form input[name=__RequestVerificationToken]");

        Assert.NotNull(token);
        Assert.Equal(HttpStatusCode.BadRequest, (await support.PostAsync("/admin/check", [])).Status);
        Assert.Equal(0, await _shop.ReadAsync(db => db.MoneyChecks.CountAsync()));
    }

    [Fact]
    public async Task Machines_are_told_by_the_deep_health_page_and_others_do_not_find_it()
    {
        var number = await OrderAsync();
        await WatchAsync();
        var well = await DeepAsync("127.0.0.1");
        await _shop.TamperAsync(Break);
        await WatchAsync(_shop, CheckDepth.Everything);
        var ill = await DeepAsync("::1");
        var stranger = await DeepAsync("198.51.100.4");
        var shopper = await (await _shop.SignedInAsync()).GetAsync("/health/deep");
        var staff = await (await _shop.SignedInAsync("support")).GetAsync("/health/deep");

        Assert.Equal((200, "ok"), (well.Status, well.Answer!.RootElement.GetProperty("status").GetString()));
        Assert.Equal(503, ill.Status);
        var alarm = Assert.Single(ill.Answer!.RootElement.GetProperty("alarms").EnumerateArray());
        Assert.Equal(("7.2", number), (alarm.GetProperty("invariant").GetString(), alarm.GetProperty("subject").GetString()));
        Assert.Equal((404, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable), (stranger.Status, shopper.Status, staff.Status));
    }

    [Fact]
    public async Task A_watchdog_that_sleeps_is_an_alarm()
    {
        await WatchAsync();
        _shop.Clock.Advance(TimeSpan.FromHours(4));

        var deep = await DeepAsync("127.0.0.1");

        Assert.Equal((503, "watchdog"), (deep.Status, deep.Answer!.RootElement.GetProperty("alarms")[0].GetProperty("subject").GetString()));
    }

    private async Task<string> OrderAsync()
    {
        var shopper = await _shop.SignedInAsync();
        return await shopper.OrderAsync(await _shop.PlainCourseAsync());
    }

    private static async Task PressAsync(Shopper staff) => await staff.SubmitAsync(await staff.GetAsync("/admin/check"), "main form[method=post]", button: "现在检查");

    private Task<CheckDepth> WatchAsync() => WatchAsync(_shop, null);

    private static Task<CheckDepth> WatchAsync(ShopHost shop, CheckDepth? depth) => shop.InScopeAsync<WatchMoney, CheckDepth>(watch => watch.RunAsync(depth, CancellationToken.None));

    private Task<List<MoneyAlarm>> AlarmsAsync() => _shop.ReadAsync(db => db.MoneyAlarms.AsNoTracking().OrderBy(alarm => alarm.Id).ToListAsync());

    private async Task<(int Status, JsonDocument? Answer)> DeepAsync(string caller)
    {
        var context = await _shop.Server.SendAsync(request =>
        {
            request.Connection.RemoteIpAddress = IPAddress.Parse(caller);
            request.Request.Path = "/health/deep";
        });
        return (context.Response.StatusCode, context.Response.StatusCode == 404 ? null : await JsonDocument.ParseAsync(context.Response.Body));
    }
}
