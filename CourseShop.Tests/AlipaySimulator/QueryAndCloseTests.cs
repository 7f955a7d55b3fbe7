using System.Text.Json;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class QueryAndCloseTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_trade_does_not_exist_until_the_customer_opens_the_cashier()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        var before = await QueryAsync();
        var close = await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" });

        await host.PageAsync(cashier);
        var after = await QueryAsync();

        Assert.Equal(("40004", "ACQ.TRADE_NOT_EXIST", "0.00"), (Text(before, "code"), Text(before, "sub_code"), Text(before, "receipt_amount")));
        Assert.Equal("ACQ.TRADE_NOT_EXIST", Text(close, "sub_code"));
        Assert.Equal(("10000", "WAIT_BUYER_PAY"), (Text(after, "code"), Text(after, "trade_status")));
    }

    [Fact]
    public async Task A_paid_trade_tells_amount_buyer_and_time()
    {
        await host.PayAsync("A1");

        var answer = await QueryAsync();

        Assert.Equal(("TRADE_SUCCESS", "88.80", "88.80"), (Text(answer, "trade_status"), Text(answer, "total_amount"), Text(answer, "receipt_amount")));
        Assert.Equal(("2026-11-20 19:00:00", "xia***@example.com"), (Text(answer, "send_pay_date"), Text(answer, "buyer_logon_id")));
        Assert.Equal("ALIPAYACCOUNT", answer.GetProperty("fund_bill_list")[0].GetProperty("fund_channel").GetString());
    }

    [Fact]
    public async Task The_trade_number_wins_over_the_shops_number()
    {
        await host.PayAsync("A1");
        var tradeNo = Text(await QueryAsync(), "trade_no");

        var answer = await host.CallAsync("alipay.trade.query", new { trade_no = tradeNo, out_trade_no = "B2" });

        Assert.Equal("A1", Text(answer, "out_trade_no"));
    }

    [Fact]
    public async Task A_waiting_trade_times_out_by_itself()
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));
        host.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("TRADE_CLOSED", Text(await QueryAsync(), "trade_status"));
    }

    [Fact]
    public async Task Only_a_waiting_trade_can_be_closed()
    {
        await host.PayAsync("PAID");
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));

        Assert.Equal("ACQ.TRADE_STATUS_ERROR", Text(await host.CallAsync("alipay.trade.close", new { out_trade_no = "PAID" }), "sub_code"));
        Assert.Equal("10000", Text(await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" }), "code"));
        Assert.Equal("TRADE_CLOSED", Text(await QueryAsync(), "trade_status"));
        Assert.Equal("ACQ.REASON_TRADE_STATUS_INVALID", Text(await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" }), "sub_code"));
    }

    [Theory]
    [InlineData("alipay.trade.query")]
    [InlineData("alipay.trade.close")]
    public async Task Without_a_number_it_is_a_wrong_parameter(string method)
        => Assert.Equal("ACQ.INVALID_PARAMETER", Text(await host.CallAsync(method, new { }), "sub_code"));

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private Task<JsonElement> QueryAsync() => host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" });
}
