using System.Net;
using CourseShop.AlipaySimulator;

namespace CourseShop.Tests.AlipaySimulator;

public sealed class CashierTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Paying_leads_back_with_signed_parameters()
    {
        var back = await host.PayAsync("A1");

        Assert.Equal("/payments/alipay/return", back.AbsolutePath);
        var fields = ShopSide.Decode(back.Query[1..]);
        Assert.True(host.Side.IsGenuine(fields));
        Assert.Equal(("A1", "88.80", "2088000000000001", "2021000000000001"), (fields["out_trade_no"], fields["total_amount"], fields["seller_id"], fields["app_id"]));
        Assert.Equal("alipay.trade.page.pay.return", fields["method"]);
        Assert.Equal(28, fields["trade_no"].Length);
        Assert.False(fields.ContainsKey("trade_status"));
    }

    [Fact]
    public async Task A_return_address_keeps_its_own_query()
    {
        var back = await host.PayAsync("A1", ("return_url", "http://localhost/payments/alipay/return?from=a"));

        Assert.StartsWith("?from=a&charset=utf-8&", back.Query, StringComparison.Ordinal);
        Assert.True(host.Side.IsGenuine(ShopSide.Decode(back.Query["?from=a&".Length..])));
    }

    [Fact]
    public async Task The_page_shows_what_is_paid_and_that_no_money_moves()
    {
        var page = await host.PageAsync(await host.AskAsync(host.PayRequest("A1")));

        var text = page.Body!.TextContent;
        Assert.All(["模拟环境，不会扣款", "课程商店", "Python 入门", "88.80", "A1", "15 分 0 秒"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal("付款 取消", string.Join(' ', page.QuerySelectorAll("button").Select(button => button.TextContent)));
        Assert.Equal(2, page.QuerySelectorAll("#buyer option").Length);
        Assert.Empty(page.QuerySelectorAll("script, style, [style], [onclick]"));
    }

    [Fact]
    public async Task Giving_up_leads_to_the_shop_and_pays_nothing()
    {
        var back = await host.PressAsync(await host.AskAsync(host.PayRequest("A1")), "取消");

        Assert.Equal("/", back.AbsolutePath);
        Assert.Equal("WAIT_BUYER_PAY", (await host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" })).GetProperty("trade_status").GetString());
        Assert.Equal(0, await host.DeliverAsync());
    }

    [Fact]
    public async Task Paying_twice_pays_once_and_says_so()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        var form = (await host.PageAsync(cashier)).Forms[0];

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.SubmitAsync(form)));

        Assert.Single(responses, response => response.Headers.Location!.ToString().Contains("/payments/alipay/return", StringComparison.Ordinal));
        Assert.Contains("这笔交易已经付过款", (await host.PageAsync(cashier)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await host.DeliverAsync());
    }

    [Fact]
    public async Task A_trade_that_the_shop_closed_cannot_be_paid()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        var form = (await host.PageAsync(cashier)).Forms[0];
        await host.CallAsync("alipay.trade.close", new { out_trade_no = "A1" });

        using var response = await host.SubmitAsync(form);

        Assert.Equal(cashier, response.Headers.Location!.ToString());
        var page = await host.PageAsync(cashier);
        Assert.Contains("已被商家关闭", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Forms);
        Assert.Equal(0, await host.DeliverAsync());
    }

    [Fact]
    public async Task After_the_deadline_it_cannot_be_paid()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));
        var form = (await host.PageAsync(cashier)).Forms[0];
        host.Clock.Advance(TimeSpan.FromMinutes(15));

        using var response = await host.SubmitAsync(form);

        Assert.Equal(cashier, response.Headers.Location!.ToString());
        Assert.Contains("已超过付款时间", (await host.PageAsync(cashier)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_paid()
    {
        var cashier = await host.AskAsync(host.PayRequest("A1"));

        using var response = await host.Browser.PostAsync(cashier + "?handler=Pay", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("ACQ.TRADE_NOT_EXIST", (await host.CallAsync("alipay.trade.query", new { out_trade_no = "A1" })).GetProperty("sub_code").GetString());
    }

    [Theory]
    [InlineData("GET", "/alipay-simulator/pay/1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/alipay-simulator/pay/%ff%27;--", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/alipay-simulator/pay/1", HttpStatusCode.BadRequest)]
    [InlineData("TRACE", "/alipay-simulator", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/alipay-simulator/gateway.do", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_says_so(string method, string address, HttpStatusCode status)
    {
        using var response = await host.Browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

        Assert.Equal(status, response.StatusCode);
    }
}
