using System.Text;
using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.AlipaySimulator;

/// <summary>The shop's client and the simulator were written apart from each other; here they meet.</summary>
public sealed class ShopAndSimulatorTests : IAsyncLifetime
{
    private MeetingPlace place = null!;
    private SimulatorHost host = null!;

    private IPaymentGateway Gateway => place.Payments;
    private AlipayKeyRing Keys => host.Services.GetRequiredService<AlipayKeyRing>();
    private AlipayOptions Options => host.Services.GetRequiredService<IOptions<AlipayOptions>>().Value;

    public async Task InitializeAsync()
    {
        place = await MeetingPlace.OpenAsync();
        host = place.Host;
    }

    public async Task DisposeAsync() => await place.DisposeAsync();

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

        var unknown = await place.WaitingAsync(RefundAsync(trade, "R1", 3000));
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

    private Task<GatewayTrade> PaidAsync() => place.PayAsync();

    private Task<GatewayAnswer<GatewayRefund>> RefundAsync(GatewayTrade trade, string number, long fen) => place.RefundAsync(trade, number, fen);

    private Task<GatewayAnswer<GatewayRefund>> AskAsync(GatewayTrade trade, string number)
        => Gateway.QueryRefundAsync(trade.OutTradeNo, trade.TradeNo, number, CancellationToken.None);

    private Task<string> AskAsync(bool isPhone = false) => place.AskAsync(isPhone: isPhone);
}
