using System.Text.Json;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class CancelTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task What_is_unpaid_is_closed_what_is_paid_goes_back_and_what_is_not_there_succeeds_without_an_action()
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("OPEN")));
        await host.PayAsync("PAID");

        var (open, paid, none) = (await CancelAsync("OPEN"), await CancelAsync("PAID"), await CancelAsync("NONE"));

        Assert.Equal(("10000", "close", "N"), (Text(open, "code"), Text(open, "action"), Text(open, "retry_flag")));
        Assert.Equal(("10000", "refund", "PAID"), (Text(paid, "code"), Text(paid, "action"), Text(paid, "out_trade_no")));
        Assert.Equal(("10000", false), (Text(none, "code"), none.TryGetProperty("action", out _)));
        Assert.Equal(("TRADE_CLOSED", "TRADE_CLOSED"), (await StatusAsync("OPEN"), await StatusAsync("PAID")));
    }

    [Fact]
    public async Task It_may_be_asked_for_again_and_moves_money_once()
    {
        await host.PayAsync("A1");
        await host.CallAsync("alipay.trade.refund", new { out_trade_no = "A1", out_request_no = "R1", refund_amount = "30.00" });

        var answers = new[] { await CancelAsync("A1"), await CancelAsync("A1") };
        await host.DeliverAsync();

        Assert.All(answers, answer => Assert.Equal("refund", Text(answer, "action")));
        Assert.Equal(["30.00", "88.80"], host.Shop.Notifications.Where(fields => fields.ContainsKey("refund_fee")).Select(fields => fields["refund_fee"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_a_year_it_is_too_late()
    {
        await host.PayAsync("A1");
        host.Clock.Advance(TimeSpan.FromDays(366));

        Assert.Equal("ACQ.TRADE_HAS_FINISHED", Text(await CancelAsync("A1"), "sub_code"));
    }

    [Fact]
    public async Task It_may_be_done_while_the_answer_says_that_nobody_knows()
    {
        await host.PayAsync("A1");
        host.Turn(Switch.CancelUnknown);

        Assert.Equal("ACQ.SYSTEM_ERROR", Text(await CancelAsync("A1"), "sub_code"));
        Assert.Equal("TRADE_CLOSED", await StatusAsync("A1"));
    }

    [Fact]
    public async Task Without_a_number_it_is_a_wrong_parameter() => Assert.Equal("ACQ.INVALID_PARAMETER", Text(await host.CallAsync("alipay.trade.cancel", new { }), "sub_code"));

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private Task<JsonElement> CancelAsync(string outTradeNo) => host.CallAsync("alipay.trade.cancel", new { out_trade_no = outTradeNo });

    private async Task<string?> StatusAsync(string outTradeNo) => Text(await host.CallAsync("alipay.trade.query", new { out_trade_no = outTradeNo }), "trade_status");
}
