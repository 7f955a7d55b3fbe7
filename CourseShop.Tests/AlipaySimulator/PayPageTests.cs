using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class PayPageTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData("out_trade_no", "", "INVALID_PARAMETER")]
    [InlineData("out_trade_no", "A-1", "INVALID_PARAMETER")]
    [InlineData("out_trade_no", "订单", "INVALID_PARAMETER")]
    [InlineData("total_amount", "0.00", "INVALID_PARAMETER")]
    [InlineData("total_amount", "-1", "INVALID_PARAMETER")]
    [InlineData("total_amount", "1.001", "INVALID_PARAMETER")]
    [InlineData("total_amount", "100000000.01", "TOTAL_FEE_EXCEED")]
    [InlineData("subject", "", "INVALID_PARAMETER")]
    [InlineData("subject", "a&b", "INVALID_PARAMETER")]
    [InlineData("product_code", "", "INVALID_PARAMETER")]
    [InlineData("product_code", "QUICK_WAP_PAY", "ACCESS_FORBIDDEN")]
    [InlineData("time_expire", "2026-11-20 19:00:30", "INVALID_PARAMETER")]
    [InlineData("time_expire", "2026-11-20 18:59:59", "NOW_TIME_AFTER_EXPIRE_TIME_ERROR")]
    [InlineData("time_expire", "2026-12-20 19:00:00", "INVALID_PARAMETER")]
    [InlineData("time_expire", "tomorrow", "INVALID_PARAMETER")]
    [InlineData("passback_params", null, "INVALID_PARAMETER")]
    public async Task A_wrong_field_is_refused(string field, string? value, string code)
    {
        var order = JsonSerializer.SerializeToNode(SimulatorHost.Order("A1"))!.AsObject();
        order[field] = value ?? new string('x', 513);

        Assert.Equal(code, await RefusalAsync(order));
    }

    [Theory]
    [InlineData("0.01")]
    [InlineData("100000000")]
    [InlineData("88.8")]
    public async Task Amounts_in_range_are_taken(string amount)
    {
        var order = JsonSerializer.SerializeToNode(SimulatorHost.Order("A1", amount))!.AsObject();

        Assert.Equal("", await RefusalAsync(order));
    }

    [Fact]
    public async Task An_amount_may_be_a_number_as_some_shops_send_it()
    {
        var order = JsonSerializer.SerializeToNode(SimulatorHost.Order("A1"))!.AsObject();
        order["total_amount"] = JsonNode.Parse("12.5");

        Assert.Equal("", await RefusalAsync(order));
    }

    [Theory]
    [InlineData("90m", "2026-11-20 20:30:00")]
    [InlineData("1d", "2026-11-21 19:00:00")]
    [InlineData("1c", "2026-11-21 00:00:00")]
    [InlineData(null, "2026-12-05 19:00:00")]
    public async Task The_time_may_be_a_duration_or_fifteen_days(string? timeout, string end)
    {
        var order = JsonSerializer.SerializeToNode(SimulatorHost.Order("A1"))!.AsObject();
        order.Remove("time_expire");
        if (timeout is not null)
            order["timeout_express"] = timeout;

        Assert.Equal("", await RefusalAsync(order));
        Assert.Contains(end, (await host.PageAsync(SimulatorHost.Control)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_number_again_goes_on_with_its_trade()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        await host.PageAsync(cashier);

        Assert.Equal(cashier, await host.AskAsync(host.PayRequest("A1")));
    }

    [Theory]
    [InlineData("88.81", "Python 入门")]
    [InlineData("88.80", "Python 进阶")]
    public async Task Another_amount_or_subject_for_a_trade_is_inconsistent(string amount, string subject)
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));

        Assert.Equal("CONTEXT_INCONSISTENT", await RefusalAsync(SimulatorHost.Order("A1", amount, subject)));
    }

    [Fact]
    public async Task Until_the_cashier_is_opened_there_is_nothing_to_be_inconsistent_with()
    {
        await host.AskAsync(host.PayRequest("A1"));

        Assert.Equal("", await RefusalAsync(SimulatorHost.Order("A1", "1.00")));
    }

    [Fact]
    public async Task A_paid_number_is_refused()
    {
        await host.PayAsync("A1");

        Assert.Equal("TRADE_HAS_SUCCESS", await RefusalAsync(SimulatorHost.Order("A1")));
    }

    [Fact]
    public async Task A_closed_number_is_refused()
    {
        await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));
        await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" });

        Assert.Equal("TRADE_HAS_CLOSE", await RefusalAsync(SimulatorHost.Order("A1")));
    }

    [Fact]
    public async Task On_a_phone_it_has_its_own_product_and_a_way_out()
    {
        var order = JsonSerializer.SerializeToNode(SimulatorHost.Order("A1"))!.AsObject();
        order["product_code"] = "QUICK_WAP_WAY";
        order["quit_url"] = "http://localhost/orders/A1/pay";
        var cashier = await host.AskAsync(host.Side.Request("alipay.trade.wap.pay", order.ToJsonString()));

        Assert.Equal("/orders/A1/pay", (await host.PressAsync(cashier, "取消")).AbsolutePath);
    }

    private async Task<string> RefusalAsync(object order)
    {
        var business = (order as JsonObject)?.ToJsonString() ?? JsonSerializer.Serialize(order);
        using var response = await host.Browser.GetAsync($"{SimulatorHost.Gateway}?{ShopSide.Escape(host.PayRequest("A1", ("biz_content", business)))}");
        if (response.StatusCode == HttpStatusCode.Redirect)
            return "";
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = ShopSide.Gbk.GetString(await response.Content.ReadAsByteArrayAsync());
        return page.Split("<dd>")[1].Split("</dd>")[0];
    }
}
