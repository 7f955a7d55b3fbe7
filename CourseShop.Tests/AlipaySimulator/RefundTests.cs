using System.Text.Json;
using AngleSharp.Html.Dom;
using CourseShop.AlipaySimulator;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class RefundTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Refunds_add_up_until_the_trade_is_closed()
    {
        await host.PayAsync("A1");

        var first = await RefundAsync("R1", "30.00");
        var between = await StatusAsync();
        var second = await RefundAsync("R2", "58.80");

        Assert.Equal(("10000", "Y", "30.00"), (Text(first, "code"), Text(first, "fund_change"), Text(first, "refund_fee")));
        Assert.Equal(("A1", "2026-11-20 19:00:00", "0.00"), (Text(first, "out_trade_no"), Text(first, "gmt_refund_pay"), Text(first, "send_back_fee")));
        Assert.Equal(("Y", "88.80"), (Text(second, "fund_change"), Text(second, "refund_fee")));
        Assert.Equal(("TRADE_SUCCESS", "TRADE_CLOSED"), (between, await StatusAsync()));
        Assert.Equal("ACQ.TRADE_HAS_CLOSE", Text(await RefundAsync("R3", "0.01"), "sub_code"));
        Assert.Equal("2026-11-20 19:00:00", Text(await host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" }), "send_pay_date"));
    }

    [Fact]
    public async Task The_same_number_moves_money_once()
    {
        await host.PayAsync("A1");
        await RefundAsync("R1", "88.80");

        var repeat = await RefundAsync("R1", "88.8");
        var other = await RefundAsync("R1", "30.00");

        Assert.Equal(("10000", "N", "88.80"), (Text(repeat, "code"), Text(repeat, "fund_change"), Text(repeat, "refund_fee")));
        Assert.Equal("ACQ.DISCORDANT_REPEAT_REQUEST", Text(other, "sub_code"));
        Assert.Single(Store.FindTrade("", "A1")!.Refunds);
    }

    [Fact]
    public async Task Side_by_side_the_same_number_moves_money_once()
    {
        await host.PayAsync("A1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefundAsync("R1", "30.00")));

        Assert.Equal("NNNNNNNY", string.Concat(answers.Select(answer => Text(answer, "fund_change")).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Without_a_number_only_the_whole_can_go_back()
    {
        await host.PayAsync("A1");

        Assert.Equal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", Text(await RefundAsync(null, "30.00"), "sub_code"));
        Assert.Equal("Y", Text(await RefundAsync(null, "88.80"), "fund_change"));
        Assert.Equal("N", Text(await RefundAsync("A1", "88.80"), "fund_change"));
        Assert.Equal("REFUND_SUCCESS", Text(await AskAsync("A1"), "refund_status"));
    }

    [Fact]
    public async Task What_is_too_much_or_not_paid_or_too_old_is_refused()
    {
        await host.AskAsync(host.PayRequest("A0"));
        await host.PageAsync(await host.AskAsync(host.PayRequest("A2")));
        await host.PayAsync("A1");
        await RefundAsync("R1", "88.00");

        Assert.Equal("ACQ.REASON_TRADE_REFUND_FEE_ERR", Text(await RefundAsync("R2", "0.81"), "sub_code"));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", Text(await RefundAsync("R1", "1.00", "A0"), "sub_code"));
        Assert.Equal("ACQ.TRADE_STATUS_ERROR", Text(await RefundAsync("R1", "1.00", "A2"), "sub_code"));
        host.Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal("ACQ.TRADE_HAS_FINISHED", Text(await RefundAsync("R2", "0.80"), "sub_code"));
        Assert.Equal("N", Text(await RefundAsync("R1", "88.00"), "fund_change"));
        Assert.Equal("TRADE_FINISHED", await StatusAsync());
        Assert.Equal("ACQ.TRADE_STATUS_ERROR", Text(await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" }), "sub_code"));
    }

    [Theory]
    [InlineData("{}", "out_trade_no")]
    [InlineData("""{"out_trade_no":"A1"}""", "refund_amount")]
    [InlineData("""{"out_trade_no":"A1","refund_amount":"0.00"}""", "refund_amount")]
    [InlineData("""{"out_trade_no":"A1","refund_amount":"-1.00"}""", "refund_amount")]
    [InlineData("""{"out_trade_no":"A1","refund_amount":"1.001"}""", "refund_amount")]
    [InlineData("""{"out_trade_no":"A1","refund_amount":"1","out_request_no":"LONG"}""", "out_request_no")]
    [InlineData("""{"out_trade_no":"A1","refund_amount":"1","refund_reason":"LONGLONGLONGLONG"}""", "refund_reason")]
    public async Task A_wrong_field_is_named(string content, string field)
    {
        var answer = await host.CallAsync("alipay.trade.refund", content.Replace("LONG", new('9', 65), StringComparison.Ordinal));

        Assert.Equal(("ACQ.INVALID_PARAMETER", $"参数有误：{field}"), (Text(answer, "sub_code"), Text(answer, "sub_msg")));
    }

    [Fact]
    public async Task Only_a_known_refund_has_a_status()
    {
        await host.PayAsync("A1");
        await RefundAsync("R1", "30.00");

        var known = await AskAsync("R1");
        var unknown = await AskAsync("R2");
        var withTime = await host.CallAsync("alipay.trade.fastpay.refund.query", new { out_trade_no = "A1", out_request_no = "R1", query_options = (string[])["gmt_refund_pay"] });

        Assert.Equal(("REFUND_SUCCESS", "30.00", "88.80", "R1"), (Text(known, "refund_status"), Text(known, "refund_amount"), Text(known, "total_amount"), Text(known, "out_request_no")));
        Assert.False(known.TryGetProperty("gmt_refund_pay", out _));
        Assert.Equal("code msg", string.Join(' ', unknown.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("2026-11-20 19:00:00", Text(withTime, "gmt_refund_pay"));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", Text(await AskAsync("R1", "B2"), "sub_code"));
        Assert.Equal("ACQ.INVALID_PARAMETER", Text(await host.CallAsync("alipay.trade.fastpay.refund.query", new { out_trade_no = "A1" }), "sub_code"));
        Assert.Equal("ACQ.INVALID_PARAMETER", Text(await host.CallAsync("alipay.trade.fastpay.refund.query", new { out_request_no = "R1" }), "sub_code"));
    }

    [Fact]
    public async Task A_second_payment_of_a_number_is_refunded_by_its_trade_number()
    {
        await host.PayAsync("A1");
        using (await host.SubmitAsync(await FormAsync("再付一次"))) { }
        var second = Store.LatestTrades(1).Single().TradeNo;

        await host.CallAsync("alipay.trade.refund", new { out_trade_no = "A1", trade_no = second, out_request_no = "R1", refund_amount = "88.80" });

        Assert.Equal("TRADE_SUCCESS", await StatusAsync());
        Assert.Equal("TRADE_CLOSED", Text(await host.CallAsync("alipay.trade.query", new { trade_no = second }), "trade_status"));
    }

    [Fact]
    public async Task Refunds_are_notified()
    {
        await host.PayAsync("A1");
        host.Clock.Advance(TimeSpan.FromMilliseconds(90_143));
        await RefundAsync("R1", "30.00");
        await RefundAsync("R1", "30.00");
        await RefundAsync("R2", "58.80");
        await host.DeliverAsync();

        var heard = host.Shop.Notifications.Where(fields => fields.ContainsKey("refund_fee")).OrderBy(fields => fields["out_biz_no"], StringComparer.Ordinal).ToList();
        Assert.Equal(3, host.Shop.Received.Count);
        Assert.Equal(("TRADE_SUCCESS", "30.00", "R1"), (heard[0]["trade_status"], heard[0]["refund_fee"], heard[0]["out_biz_no"]));
        Assert.Equal(("TRADE_CLOSED", "88.80", "R2"), (heard[1]["trade_status"], heard[1]["refund_fee"], heard[1]["out_biz_no"]));
        Assert.Equal((false, "2026-11-20 19:01:30"), (heard[0].ContainsKey("gmt_close"), heard[1]["gmt_close"]));
        Assert.All(heard, fields => Assert.Equal(("2026-11-20 19:01:30.143", "2026-11-20 19:00:00"), (fields["gmt_refund"], fields["gmt_payment"])));
        Assert.All(heard, fields => Assert.True(host.Side.IsGenuine(fields)));
    }

    [Fact]
    public async Task A_refund_may_go_unnotified()
    {
        await host.PayAsync("A1");
        host.Turn(Switch.RefundNotificationNever);
        await RefundAsync("R1", "30.00");
        await host.DeliverAsync();

        Assert.DoesNotContain(host.Shop.Notifications, fields => fields.ContainsKey("refund_fee"));
    }

    [Theory]
    [InlineData(Switch.RefundUnknown, "ACQ.SYSTEM_ERROR", true, true)]
    [InlineData(Switch.RefundDenied, "ACQ.SELLER_BALANCE_NOT_ENOUGH", false, true)]
    [InlineData(Switch.RefundNotDone, "ACQ.SYSTEM_ERROR", true, false)]
    [InlineData(Switch.RefundWithoutBalance, "ACQ.SELLER_BALANCE_NOT_ENOUGH", true, false)]
    public async Task A_switch_decides_what_is_done_and_what_is_heard(Switch which, string heard, bool isSigned, bool isDone)
    {
        await host.PayAsync("A1");
        host.Turn(which);

        var bytes = await host.PostAsync(host.Side.Request("alipay.trade.refund", new { out_trade_no = "A1", out_request_no = "R1", refund_amount = "30.00" }));
        var (node, isGenuine) = host.Side.Read(bytes, "alipay_trade_refund_response");

        Assert.Equal((heard, isSigned), (Text(node, "sub_code"), isGenuine));
        Assert.Equal(isDone, (await AskAsync("R1")).TryGetProperty("refund_status", out _));
        Assert.Equal(isDone ? "N" : "Y", Text(await RefundAsync("R1", "30.00"), "fund_change"));
    }

    [Fact]
    public async Task A_person_sees_the_refunds_and_ends_the_time_for_them()
    {
        await host.PayAsync("A1");
        await RefundAsync("R1", "30.00");

        var page = await host.PageAsync(SimulatorHost.Control);
        using (await host.SubmitAsync(await FormAsync("过退款期"))) { }

        Assert.Contains("已退 ¥30.00", page.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["R1", "¥30.00", "2026-11-20 19:00:00", "不想学了"], page.QuerySelectorAll("[aria-labelledby=refunds] tbody td").Skip(2).Select(cell => cell.TextContent));
        Assert.Equal("TRADE_FINISHED", await StatusAsync());
        Assert.Equal("ACQ.TRADE_HAS_FINISHED", Text(await RefundAsync("R2", "1.00"), "sub_code"));
    }

    private SimulatorStore Store => host.Services.GetRequiredService<SimulatorStore>();

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private Task<JsonElement> RefundAsync(string? number, string amount, string outTradeNo = "A1")
        => host.CallAsync("alipay.trade.refund", new { out_trade_no = outTradeNo, out_request_no = number, refund_amount = amount, refund_reason = "不想学了" });

    private Task<JsonElement> AskAsync(string number, string outTradeNo = "A1")
        => host.CallAsync("alipay.trade.fastpay.refund.query", new { out_trade_no = outTradeNo, out_request_no = number });

    private async Task<string?> StatusAsync() => Text(await host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" }), "trade_status");

    private async Task<IHtmlFormElement> FormAsync(string button)
        => (await host.PageAsync(SimulatorHost.Control)).Forms.First(form => form.QuerySelector("button")?.TextContent == button);
}
