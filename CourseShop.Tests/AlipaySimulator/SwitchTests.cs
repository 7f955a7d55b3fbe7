using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using CourseShop.AlipaySimulator;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class SwitchTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Lost_means_that_only_the_second_delivery_arrives()
    {
        await PayWithAsync(Switch.NotificationLost);
        Assert.Empty(host.Shop.Received);

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.DeliverAsync();

        Assert.Single(host.Shop.Received);
    }

    [Fact]
    public async Task Never_means_never()
    {
        await PayWithAsync(Switch.NotificationNever);

        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await host.DeliverAsync());
    }

    [Fact]
    public async Task Late_waits_its_seconds()
    {
        await PayWithAsync(Switch.NotificationLate, seconds: 90);

        host.Clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Equal(0, await host.DeliverAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await host.DeliverAsync());
    }

    [Fact]
    public async Task Twice_is_the_same_one_twice()
    {
        await PayWithAsync(Switch.NotificationTwice);

        Assert.Equal(2, host.Shop.Received.Count);
        Assert.Single(host.Shop.Notifications.Select(fields => fields["notify_id"]).ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Switch.WaitAfterSuccess, "WAIT_BUYER_PAY")]
    [InlineData(Switch.ClosedAfterSuccess, "TRADE_CLOSED")]
    public async Task Out_of_order_comes_after_the_success(Switch which, string status)
    {
        await PayWithAsync(which);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.DeliverAsync();

        Assert.Equal($"TRADE_SUCCESS {status}", string.Join(' ', host.Shop.Notifications.Select(fields => fields["trade_status"])));
        Assert.False(host.Shop.Notifications[1].ContainsKey("gmt_payment"));
        Assert.Equal(2, host.Shop.Notifications.Select(fields => fields["notify_id"]).ToHashSet(StringComparer.Ordinal).Count);
        Assert.All(host.Shop.Notifications, fields => Assert.True(host.Side.IsGenuine(fields)));
    }

    [Theory]
    [InlineData(Switch.WrongAmount, "total_amount", "88.79")]
    [InlineData(Switch.WrongSeller, "seller_id", "2088000000000999")]
    [InlineData(Switch.WrongApp, "app_id", "2021000000000999")]
    [InlineData(Switch.GbkNotification, "charset", "GBK")]
    public async Task A_wrong_fact_is_genuinely_signed(Switch which, string field, string value)
    {
        await PayWithAsync(which);

        var fields = Assert.Single(host.Shop.Notifications);
        Assert.Equal(value, fields[field]);
        Assert.Equal("Python 入门", fields["subject"]);
        Assert.True(host.Side.IsGenuine(fields));
    }

    [Fact]
    public async Task A_bad_signature_does_not_verify()
    {
        await PayWithAsync(Switch.BadSignature);

        Assert.False(host.Side.IsGenuine(Assert.Single(host.Shop.Notifications)));
    }

    [Fact]
    public async Task An_odd_media_type_is_the_one_that_was_reported()
    {
        await PayWithAsync(Switch.OddMediaType);

        Assert.Equal("application/x-www-form-urlencoded; text/html; charset=utf-8", host.Shop.Received.Single().MediaType);
    }

    [Fact]
    public async Task A_lost_return_leaves_the_buyer_on_the_cashier()
    {
        var back = await PayWithAsync(Switch.ReturnLost);

        Assert.StartsWith("/alipay-simulator/pay/", back.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("付款成功", (await host.PageAsync(back.AbsolutePath)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Single(host.Shop.Received);
    }

    [Fact]
    public async Task A_switch_holds_for_as_many_payments_as_it_was_given()
    {
        host.Turn(Switch.NotificationTwice, 2);

        for (var i = 1; i <= 3; i++)
        {
            await host.PayAsync($"A{i}");
            await host.DeliverAsync();
        }

        Assert.Equal("A1 A1 A2 A2 A3", string.Join(' ', host.Shop.Notifications.Select(fields => fields["out_trade_no"])));
    }

    [Fact]
    public async Task Down_is_503_and_does_nothing()
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));
        host.Turn(Switch.GatewayDown);

        using var response = await CallAsync("alipay.trade.close");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("WAIT_BUYER_PAY", await StatusAsync());
    }

    [Fact]
    public async Task Slow_answers_after_its_seconds()
    {
        host.Turn(Switch.GatewaySlow, seconds: 30);
        var start = host.Clock.GetUtcNow();

        var call = CallAsync("alipay.trade.query");
        while (!call.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        using var response = await call;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(host.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(Switch.AnswerIsHtml)]
    [InlineData(Switch.AnswerTruncated)]
    [InlineData(Switch.AnswerUnsigned)]
    [InlineData(Switch.AnswerWronglySigned)]
    public async Task A_broken_answer_hides_that_the_work_was_done(Switch which)
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));
        host.Turn(which);

        using var response = await CallAsync("alipay.trade.close");

        var bytes = await response.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        switch (which)
        {
            case Switch.AnswerIsHtml:
                Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
                break;
            case Switch.AnswerTruncated:
                Assert.StartsWith("{", text, StringComparison.Ordinal);
                Assert.False(text.TrimEnd().EndsWith('}'));
                break;
            default:
                var (node, isGenuine) = host.Side.Read(bytes, "alipay_trade_close_response");
                Assert.Equal("10000", node.GetProperty("code").GetString());
                Assert.False(isGenuine);
                Assert.Equal(which == Switch.AnswerWronglySigned, text.Contains("\"sign\"", StringComparison.Ordinal));
                break;
        }
        Assert.Equal("TRADE_CLOSED", await StatusAsync());
    }

    [Fact]
    public async Task A_person_turns_switches_on_the_control_page()
    {
        var page = await host.PageAsync(SimulatorHost.Control);
        Assert.Equal(Enum.GetValues<Switch>().Length, page.QuerySelectorAll(".switches li").Length);

        using (await host.SubmitAsync(FormOf(page, "[name=which][value=GatewayDown]"), ("mode", "times"), ("times", "2"))) { }
        Assert.Equal(2, Store.StateOf(Switch.GatewayDown).Left);

        using (await host.SubmitAsync(FormOf(page, "[name=which][value=GatewayDown]"), ("mode", "always"))) { }
        Assert.Equal(SwitchState.UntilOff, Store.StateOf(Switch.GatewayDown).Left);

        using (await host.SubmitAsync(page.Forms.Single(form => form.Action.EndsWith("AllOff", StringComparison.Ordinal)))) { }
        Assert.False(Store.StateOf(Switch.GatewayDown).IsOn);
        Assert.Contains("所有开关都已关闭", (await host.PageAsync(SimulatorHost.Control)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("which", "99")]
    [InlineData("which", "Nonsense")]
    [InlineData("times", "x")]
    public async Task A_wrong_form_is_a_bad_request(string name, string value)
    {
        var form = FormOf(await host.PageAsync(SimulatorHost.Control), "[name=which][value=GatewayDown]");

        using var response = await host.SubmitAsync(form, (name, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_person_sends_an_acknowledged_notification_again()
    {
        await host.PayAsync("A1");
        await host.DeliverAsync();

        using (await host.SubmitAsync(FormOf(await host.PageAsync(SimulatorHost.Control), "[name=notifyId]"))) { }
        await host.DeliverAsync();

        Assert.Equal(2, host.Shop.Received.Count);
        Assert.Single(host.Shop.Notifications.Select(fields => fields["notify_id"]).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_late_payment_passes_the_deadline()
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));
        host.Clock.Advance(TimeSpan.FromMinutes(20));

        using (await host.SubmitAsync(FormOf(await host.PageAsync(SimulatorHost.Control), "[name=tradeNo]"))) { }
        await host.DeliverAsync();

        Assert.Equal("TRADE_SUCCESS", await StatusAsync());
        Assert.Equal("2026-11-20 19:20:00", Assert.Single(host.Shop.Notifications)["gmt_payment"]);
    }

    [Fact]
    public async Task Paying_again_is_a_second_trade_with_the_same_number_of_the_shop()
    {
        await host.PayAsync("A1");

        using (await host.SubmitAsync(FormOf(await host.PageAsync(SimulatorHost.Control), "[name=tradeNo]"))) { }
        await host.DeliverAsync();

        Assert.All(host.Shop.Notifications, fields => Assert.Equal(("A1", "TRADE_SUCCESS"), (fields["out_trade_no"], fields["trade_status"])));
        Assert.Equal(2, host.Shop.Notifications.Select(fields => fields["trade_no"]).ToHashSet(StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task A_customer_who_opens_the_cashier_after_the_shop_gave_up_still_pays()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", (await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" })).GetProperty("sub_code").GetString());

        await host.PressAsync(cashier, "付款");

        Assert.Equal("TRADE_SUCCESS", await StatusAsync());
    }

    private SimulatorStore Store => host.Services.GetRequiredService<SimulatorStore>();

    private static IHtmlFormElement FormOf(IHtmlDocument page, string field) => ((IHtmlInputElement)page.QuerySelector(field)!).Form!;

    private async Task<Uri> PayWithAsync(Switch which, int seconds = 0)
    {
        host.Turn(which, seconds: seconds);
        var back = await host.PayAsync("A1");
        await host.DeliverAsync();
        Assert.False(Store.StateOf(which).IsOn);
        return back;
    }

    private Task<HttpResponseMessage> CallAsync(string method)
        => host.Browser.GetAsync($"{SimulatorHost.Gateway}?{ShopSide.Escape(host.Side.Request(method, new { out_trade_no = "A1" }))}");

    private async Task<string?> StatusAsync() => (await host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" })).GetProperty("trade_status").GetString();
}
