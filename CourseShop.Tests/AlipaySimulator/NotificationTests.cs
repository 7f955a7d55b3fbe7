using System.Net;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class NotificationTests
{
    [Fact]
    public async Task A_payment_is_notified_with_signed_facts()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.PayAsync("A1", ("biz_content", """
            {"out_trade_no":"A1","total_amount":"88.80","subject":"入门 50% + 讲义","product_code":"FAST_INSTANT_TRADE_PAY","passback_params":"a%3D1"}
            """));

        await host.DeliverAsync();

        var fields = Assert.Single(host.Shop.Notifications);
        Assert.True(host.Side.IsGenuine(fields));
        Assert.Equal(("TRADE_SUCCESS", "A1", "88.80"), (fields["trade_status"], fields["out_trade_no"], fields["total_amount"]));
        Assert.Equal(("2021000000000001", "2088000000000001", "trade_status_sync"), (fields["app_id"], fields["seller_id"], fields["notify_type"]));
        Assert.Equal(("入门 50% + 讲义", "a%3D1", "2026-11-20 19:00:00"), (fields["subject"], fields["passback_params"], fields["gmt_payment"]));
        Assert.Equal("""[{"amount":"88.80","fundChannel":"ALIPAYACCOUNT"}]""", fields["fund_bill_list"]);
        Assert.Equal((34, 28), (fields["notify_id"].Length, fields["trade_no"].Length));
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", host.Shop.Received.Single().MediaType);
    }

    [Fact]
    public async Task It_is_sent_again_by_the_schedule_until_the_shop_gives_up_or_says_success()
    {
        await using var host = await SimulatorHost.StartAsync();
        host.Shop.Answer = "fail";
        await host.PayAsync("A1");

        var waits = new List<TimeSpan>();
        var last = host.Clock.GetUtcNow();
        for (var minutes = 0; minutes < 60 * 48; minutes++)
        {
            if (await host.DeliverAsync() > 0)
            {
                waits.Add(host.Clock.GetUtcNow() - last);
                last = host.Clock.GetUtcNow();
            }
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([0, 4, 10, 10, 60, 120, 360, 900], waits.Select(wait => wait.TotalMinutes));
        Assert.Single(host.Shop.Notifications.Select(fields => fields["notify_id"]).ToHashSet(StringComparer.Ordinal));
        Assert.All(host.Shop.Notifications, fields => Assert.True(host.Side.IsGenuine(fields)));
        Assert.Equal(8, host.Shop.Notifications.Select(fields => fields["notify_time"]).ToHashSet(StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task Speed_shortens_the_schedule()
    {
        await using var host = await SimulatorHost.StartAsync(speed: 240);
        host.Shop.Answer = "fail";
        await host.PayAsync("A1");
        await host.DeliverAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Equal(0, await host.DeliverAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, await host.DeliverAsync());
    }

    [Theory]
    [InlineData("success", HttpStatusCode.OK, true)]
    [InlineData("success\n", HttpStatusCode.OK, false)]
    [InlineData("\uFEFFsuccess", HttpStatusCode.OK, false)]
    [InlineData("\"success\"", HttpStatusCode.OK, false)]
    [InlineData("SUCCESS", HttpStatusCode.OK, false)]
    [InlineData("success", HttpStatusCode.Accepted, false)]
    [InlineData("success", HttpStatusCode.Redirect, false)]
    [InlineData("", HttpStatusCode.InternalServerError, false)]
    public async Task Only_exactly_success_ends_it(string answer, HttpStatusCode status, bool ends)
    {
        await using var host = await SimulatorHost.StartAsync();
        (host.Shop.Answer, host.Shop.Status) = (answer, status);
        await host.PayAsync("A1");

        await host.DeliverAsync();

        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(ends ? 0 : 1, await host.DeliverAsync());
    }

    [Fact]
    public async Task Without_a_notify_address_nothing_is_sent()
    {
        await using var host = await SimulatorHost.StartAsync();
        await host.PayAsync("A1", ("notify_url", null));

        Assert.Equal(0, await host.DeliverAsync());
    }

    [Fact]
    public async Task Two_senders_deliver_once()
    {
        await using var host = await SimulatorHost.StartAsync();
        await using var second = await SimulatorHost.StartAsync(host.Folder);
        await host.PayAsync("A1");

        var delivered = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? host.DeliverAsync() : second.DeliverAsync()));

        Assert.Equal(1, delivered.Sum());
    }

    [Fact]
    public async Task The_worker_ticks_every_second()
    {
        await using var host = await SimulatorHost.StartAsync(ticks: true);
        await host.PayAsync("A1");

        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await host.Shop.First.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Trades_and_notifications_survive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("simulator-").FullName;
        var clock = new HandClock(new DateTimeOffset(2026, 11, 20, 11, 0, 0, TimeSpan.Zero));
        await using (var before = await SimulatorHost.StartAsync(folder, clock: clock))
        {
            before.Turn(Switch.GatewayDown, SwitchState.UntilOff);
            before.Turn(Switch.GatewayDown, 0);
            before.Turn(Switch.NotificationTwice, 3);
            await before.PayAsync("A1");
        }

        await using var after = await SimulatorHost.StartAsync(folder, clock: clock);

        Assert.Equal("TRADE_SUCCESS", (await after.CallAsync("alipay.trade.query", new { out_trade_no = "A1" })).GetProperty("trade_status").GetString());
        Assert.Equal(1, await after.DeliverAsync());
        Assert.All(after.Shop.Notifications, fields => Assert.True(after.Side.IsGenuine(fields)));
        Assert.Equal(2, after.Shop.Notifications.Length);
        Directory.Delete(folder, recursive: true);
    }
}
