using System.Text;
using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The shop's client and the simulator were written apart from each other; here they meet.</summary>
public sealed class ShopAndSimulatorTests : IAsyncLifetime
{
    private SimulatorHost host = null!;

    private IPaymentGateway Gateway => host.Services.GetRequiredService<IPaymentGateway>();
    private AlipayKeyRing Keys => host.Services.GetRequiredService<AlipayKeyRing>();
    private AlipayOptions Options => host.Services.GetRequiredService<IOptions<AlipayOptions>>().Value;

    public async Task InitializeAsync() => host = await SimulatorHost.StartAsync(more: builder =>
    {
        builder.Services.AddAlipay(builder.Configuration, isProduction: false);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false); // only Alipay's client of the whole shop is here
        builder.Services.AddHttpClient(AlipayClient.Name)
            .ConfigurePrimaryHttpMessageHandler(services => ((TestServer)services.GetRequiredService<IServer>()).CreateHandler());
    });

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_agree_on_a_whole_payment(bool isPhone)
    {
        var cashier = await AskAsync(isPhone);
        var before = await Gateway.QueryAsync("A1", CancellationToken.None);
        var back = await host.PressAsync(cashier, "付款");
        await host.DeliverAsync();

        var returned = AlipayReturn.Read(back.Query, Keys).Message;
        var notified = AlipayNotification.Read(Encoding.ASCII.GetBytes(host.Shop.Received.Single().Body), Keys).Message;
        var queried = await Gateway.QueryAsync("A1", CancellationToken.None);

        Assert.Equal((GatewayVerdict.No, GatewayRefusal.TradeNotExist), (before.Verdict, before.Refusal));
        Assert.True(returned!.IsFor(Options) && notified!.IsFor(Options));
        Assert.Equal(("A1", new Money(8880)), (returned.OutTradeNo, returned.Amount));
        Assert.Equal(GatewayTradeStatus.Paid, queried.Value!.Status);
        Assert.Equal(queried.Value with { Refunded = notified.Trade!.Refunded }, notified.Trade);
        Assert.Equal(returned.TradeNo, queried.Value.TradeNo);
    }

    [Fact]
    public async Task They_agree_on_closing()
    {
        await host.PageAsync(await AskAsync());

        Assert.Equal(GatewayVerdict.Yes, (await Gateway.CloseAsync("A1", CancellationToken.None)).Verdict);
        Assert.Equal(GatewayTradeStatus.Closed, (await Gateway.QueryAsync("A1", CancellationToken.None)).Value!.Status);
        Assert.Equal(GatewayRefusal.TradeStatusWrong, (await Gateway.CloseAsync("A1", CancellationToken.None)).Refusal);
    }

    [Fact]
    public async Task Every_form_of_an_answer_is_understood()
    {
        await host.PressAsync(await AskAsync(), "付款");

        for (var i = 0; i < 8; i++)
            Assert.Equal(GatewayVerdict.Yes, (await Gateway.QueryAsync("A1", CancellationToken.None)).Verdict);
    }

    [Theory]
    [InlineData(Switch.GatewayDown)]
    [InlineData(Switch.AnswerIsHtml)]
    [InlineData(Switch.AnswerTruncated)]
    [InlineData(Switch.AnswerUnsigned)]
    [InlineData(Switch.AnswerWronglySigned)]
    public async Task A_broken_answer_leaves_the_shop_not_knowing(Switch which)
    {
        await host.PageAsync(await AskAsync());
        host.Turn(which);

        Assert.Equal(GatewayVerdict.Unknown, (await Gateway.CloseAsync("A1", CancellationToken.None)).Verdict);
    }

    [Theory]
    [InlineData(Switch.BadSignature, false)]
    [InlineData(Switch.GbkNotification, true)]
    [InlineData(Switch.WrongAmount, true)]
    public async Task A_bent_notification_is_believed_only_when_it_is_genuine(Switch which, bool isBelieved)
    {
        host.Turn(which);
        await host.PressAsync(await AskAsync(), "付款");
        await host.DeliverAsync();

        var reading = AlipayNotification.Read(Encoding.ASCII.GetBytes(host.Shop.Received.Single().Body), Keys);

        Assert.Equal(isBelieved, reading.Message is not null);
    }

    [Fact]
    public async Task They_agree_on_refunds()
    {
        var trade = await PaidAsync();

        var first = await RefundAsync(trade, "R1", 3000);
        var repeat = await RefundAsync(trade, "R1", 3000);
        var discordant = await RefundAsync(trade, "R1", 3001);
        var tooMuch = await RefundAsync(trade, "R2", 5881);
        var rest = await RefundAsync(trade, "R2", 5880);
        var afterwards = await Gateway.QueryAsync("A1", CancellationToken.None);

        Assert.Equal(new(GatewayVerdict.Yes, new(true, new(3000))), first);
        Assert.Equal(new(GatewayVerdict.Yes, new(false, new(3000))), repeat);
        Assert.All([discordant, tooMuch], no => Assert.Equal((GatewayVerdict.No, GatewayRefusal.RefundNotPossible), (no.Verdict, no.Refusal)));
        Assert.Equal(new(GatewayVerdict.Yes, new(true, new(8880))), rest);
        Assert.Equal(new(GatewayVerdict.Yes, new(true, null)), await AskAsync(trade, "R1"));
        Assert.Equal(new(GatewayVerdict.Yes, new(false, null)), await AskAsync(trade, "R3"));
        Assert.Equal((GatewayTradeStatus.Closed, true), (afterwards.Value!.Status, afterwards.Value.WasPaid));
    }

    [Fact]
    public async Task Notifications_of_refunds_are_understood()
    {
        var trade = await PaidAsync();
        await RefundAsync(trade, "R1", 3000);
        await RefundAsync(trade, "R2", 5880);
        await host.DeliverAsync();

        var told = host.Shop.Received.Select(post => AlipayNotification.Read(Encoding.ASCII.GetBytes(post.Body), Keys).Message!.Trade!).OrderBy(told => told.Refunded).ToList();

        Assert.Equal([trade, trade with { Refunded = new(3000) }, trade with { Refunded = new(8880), Status = GatewayTradeStatus.Closed }], told);
        Assert.All(told, known => Assert.True(known.WasPaid));
    }

    [Theory]
    [InlineData(Switch.RefundUnknown, true)]
    [InlineData(Switch.RefundUnheard, true)]
    [InlineData(Switch.RefundDenied, true)]
    [InlineData(Switch.AnswerUnsigned, true)]
    [InlineData(Switch.AnswerTruncated, true)]
    [InlineData(Switch.RefundNotDone, false)]
    [InlineData(Switch.GatewayDown, false)]
    public async Task An_unknown_refund_is_known_by_asking_and_by_asking_for_it_again(Switch which, bool isDone)
    {
        var trade = await PaidAsync();
        host.Turn(which);

        var call = RefundAsync(trade, "R1", 3000);
        while (!call.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1)); // an answer that never comes ends some day
            await Task.Delay(1);
        }
        var unknown = await call;
        var asked = await AskAsync(trade, "R1");
        var again = await RefundAsync(trade, "R1", 3000);

        Assert.Equal(GatewayVerdict.Unknown, unknown.Verdict);
        Assert.Equal(new(GatewayVerdict.Yes, new(isDone, null)), asked);
        Assert.Equal(new(GatewayVerdict.Yes, new(!isDone, new(3000))), again);
    }

    [Fact]
    public async Task An_empty_account_is_told_apart()
    {
        var trade = await PaidAsync();
        host.Turn(Switch.RefundWithoutBalance);

        Assert.Equal(GatewayRefusal.SellerBalanceNotEnough, (await RefundAsync(trade, "R1", 3000)).Refusal);
        Assert.True((await RefundAsync(trade, "R1", 3000)).Value!.IsDone);
    }

    private async Task<GatewayTrade> PaidAsync()
    {
        await host.PressAsync(await AskAsync(), "付款");
        return (await Gateway.QueryAsync("A1", CancellationToken.None)).Value!;
    }

    private Task<GatewayAnswer<GatewayRefund>> RefundAsync(GatewayTrade trade, string number, long fen)
        => Gateway.RefundAsync(new RefundRequest(trade.OutTradeNo, trade.TradeNo, number, new Money(fen), "不想学了 & 买错了"), CancellationToken.None);

    private Task<GatewayAnswer<GatewayRefund>> AskAsync(GatewayTrade trade, string number)
        => Gateway.QueryRefundAsync(trade.OutTradeNo, trade.TradeNo, number, CancellationToken.None);

    private async Task<string> AskAsync(bool isPhone = false)
    {
        var now = host.Clock.GetUtcNow();
        var page = Gateway.PayPage(new PaymentRequest("A1", new Money(8880), "Python 入门", now.AddMinutes(15), isPhone,
            "http://localhost/payments/alipay/return", "http://localhost/payments/alipay/notify", "http://localhost/orders/A1/pay"), now);
        using var response = await host.Browser.GetAsync(page);
        return response.Headers.Location!.ToString();
    }
}
