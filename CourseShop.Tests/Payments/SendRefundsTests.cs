using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments;

/// <summary>Money that can't stay goes back by itself, once, whatever the gateway does meanwhile.</summary>
public sealed class SendRefundsTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Late_money_that_buys_nothing_goes_back_whole_and_both_sides_are_told()
    {
        var (shopper, number) = await LateMoneyAsync();

        await SendAsync();

        Assert.Equal(PaymentStatus.Returned, await StatusAsync(number));
        Assert.Equal(_shop.Alipay.Trades[number].Amount, _shop.Alipay.Trades[number].Refunded);
        Assert.Contains("已经原路退回", (await shopper.GetAsync($"/orders/{number}/result")).Text, StringComparison.Ordinal);
        Assert.Contains("款项已原路退回", (await shopper.GetAsync($"/orders/{number}")).Text, StringComparison.Ordinal);
        Assert.Contains("已原路退回", (await (await _shop.SignedInAsync("finance")).GetAsync("/admin/payments")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(AlipayMood.Down)]
    [InlineData(AlipayMood.Unreachable)]
    [InlineData(AlipayMood.Garbage)]
    [InlineData(AlipayMood.Truncated)]
    [InlineData(AlipayMood.Unsigned)]
    [InlineData(AlipayMood.Busy)]
    [InlineData(AlipayMood.Poor)]
    [InlineData(AlipayMood.DoneButBusy)]
    [InlineData(AlipayMood.DoneButUnsignedError)]
    public async Task Without_a_sure_answer_it_stays_open_and_is_tried_again_under_the_same_number(AlipayMood mood)
    {
        var (_, number) = await LateMoneyAsync();
        _shop.Alipay.Mood = mood;

        foreach (var _ in Enumerable.Range(0, 3))
            await SendAsync();
        var whileBad = await RefundsAsync();
        _shop.Alipay.Mood = AlipayMood.Well;
        await SendAsync();

        Assert.Equal((RefundStatus.Open, 3), (whileBad.Single().Status, whileBad.Single().Tries));
        Assert.Equal(RefundStatus.Done, (await RefundsAsync()).Single().Status);
        Assert.Single(_shop.Alipay.Trades[number].Refunds);
        Assert.Equal(_shop.Alipay.Trades[number].Amount, _shop.Alipay.Trades[number].Refunded);
    }

    [Fact]
    public async Task Two_servers_and_many_ticks_at_once_send_one_refund()
    {
        var (_, number) = await LateMoneyAsync();
        using var other = _shop.Beside();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(turn => (turn % 2 == 0 ? _shop : other).InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None))));

        Assert.Equal(1, _shop.Alipay.Calls.Count(call => call.Method == "alipay.trade.refund"));
        Assert.Single(_shop.Alipay.Trades[number].Refunds);
        Assert.Equal(PaymentStatus.Returned, await StatusAsync(number));
    }

    [Fact]
    public async Task Held_money_waits_until_staff_send_it_back_and_goes_back_once()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await _shop.PayAtAlipayAsync(number, Money.Yuan(1));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, _shop.Alipay.Trades[number].TradeNo, Money.Yuan(1)));
        await SendAsync();
        var untouched = await StatusAsync(number);
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync("/admin/payments?state=attention");
        var support = await (await _shop.SignedInAsync("support")).GetAsync("/admin/payments?state=attention");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => finance.SubmitAsync(page, "td form[action*=SendBack]")));
        await SendAsync();

        Assert.Equal(PaymentStatus.Held, untouched);
        Assert.Null(support.Document.QuerySelector("td form[action*=SendBack]"));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Single(await RefundsAsync());
        Assert.Equal(Money.Yuan(1), _shop.Alipay.Trades[number].Refunded);
        Assert.Equal((PaymentStatus.Returned, OrderStatus.AwaitingPayment), (await StatusAsync(number), await _shop.StatusAsync(number)));
    }

    [Fact]
    public async Task A_refund_that_alipay_refuses_for_good_waits_for_staff_who_see_why()
    {
        var (_, number) = await LateMoneyAsync();
        _shop.Alipay.Script = (method, _) => method == "alipay.trade.refund" ? new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "40004", ["msg"] = "Business Failed", ["sub_code"] = "ACQ.TRADE_HAS_FINISHED" } : null;

        await SendAsync();
        var page = await (await _shop.SignedInAsync("finance")).GetAsync("/admin/payments?state=attention");

        Assert.Equal(PaymentStatus.Held, await StatusAsync(number));
        Assert.Contains("支付宝拒绝退款：ACQ.TRADE_HAS_FINISHED", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("td form[action*=SendBack]"));
    }

    [Fact]
    public async Task Of_held_money_that_was_partly_refunded_elsewhere_only_the_rest_goes_back()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        var total = _shop.Alipay.Trades[number].Amount;
        _shop.Alipay.Trades[number] = _shop.Alipay.Trades[number] with { Refunds = _shop.Alipay.Trades[number].Refunds.Add("by-hand", Money.Yuan(10)) };
        await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, total, refunded: Money.Yuan(10), paidAt: _shop.Clock.Now));
        var finance = await _shop.SignedInAsync("finance");

        await finance.SubmitAsync(await finance.GetAsync("/admin/payments?state=attention"), "td form[action*=SendBack]");
        await SendAsync();

        Assert.Equal(total - Money.Yuan(10), (await RefundsAsync()).Single().Amount);
        Assert.Equal(total, _shop.Alipay.Trades[number].Refunded);
        Assert.Equal(PaymentStatus.Returned, await StatusAsync(number));
    }

    private async Task<(Shopper Shopper, string Number)> LateMoneyAsync()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();
        await shopper.OrderAsync(await _shop.PlainCourseAsync());
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        Assert.Equal("success", await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, _shop.Alipay.Trades[number].Amount)));
        Assert.Equal(PaymentStatus.Late, await StatusAsync(number));
        return (shopper, number);
    }

    private async Task SendAsync()
    {
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None));
    }

    private Task<PaymentStatus> StatusAsync(string outTradeNo) => _shop.ReadAsync(db => db.Payments.Where(payment => payment.OutTradeNo == outTradeNo).Select(payment => payment.Status).SingleAsync());

    private Task<List<Refund>> RefundsAsync() => _shop.ReadAsync(db => db.Refunds.AsNoTracking().ToListAsync());
}
