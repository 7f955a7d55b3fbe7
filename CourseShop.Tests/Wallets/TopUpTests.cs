using System.Net;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Wallets;

/// <summary>充值 through the shop's pages: once, however and whenever its money comes.</summary>
public sealed class TopUpTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task From_the_wallet_to_alipay_and_back_the_balance_is_there()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await StartAsync(shopper, "66.60");
        var cashier = await shopper.GetAsync($"/wallet/top-up/{number}");

        var toAlipay = await shopper.SubmitAsync(cashier, "form.buybar", button: "去支付");
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        var back = await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, tradeNo, new Money(6660)));
        var wallet = await shopper.FollowAsync(back.Location!.OriginalString);

        Assert.StartsWith(FakeAlipay.GatewayUrl, toAlipay.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal($"/wallet/top-up/{number}", back.Location.OriginalString);
        Assert.Contains("¥66.60", wallet.Document.QuerySelector(".purse .sum")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(number, wallet.Document.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(new Money(6660), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5000.01")]
    [InlineData("-3")]
    [InlineData("1.234")]
    public async Task The_server_judges_the_amount(string own)
    {
        var shopper = await _shop.SignedInAsync();

        var refused = await shopper.SubmitAsync(await shopper.GetAsync("/wallet/top-up"), "main form", Refunding.Fields("Own", own));

        Assert.Contains("¥0.01", refused.Document.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(own, refused.Document.QuerySelector("#own")!.GetAttribute("value"));
        Assert.Equal(0, await _shop.ReadAsync(db => db.TopUps.CountAsync()));
    }

    [Fact]
    public async Task A_form_that_is_sent_twenty_times_makes_one_top_up_and_its_news_books_once()
    {
        var shopper = await _shop.SignedInAsync();
        var form = await shopper.GetAsync("/wallet/top-up");
        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.SubmitAsync(form, "main form")));
        var number = sent.Select(page => page.Location!.OriginalString.Split('/')[^1]).Distinct().Single();
        await shopper.SubmitAsync(await shopper.GetAsync($"/wallet/top-up/{number}"), "form.buybar", button: "去支付");
        var tradeNo = await _shop.PayAtAlipayAsync(number);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, Money.Yuan(100)))));

        Assert.Equal(Money.Yuan(100), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task One_that_is_not_paid_is_asked_about_and_closed_and_its_late_money_still_counts()
    {
        var user = await _shop.UserIdAsync("shopper");
        var number = await _shop.TopUpAsync(user, Money.Yuan(20), isPaid: false);
        _shop.Alipay.Trades[number] = new FakeTrade("waits", Money.Yuan(20), "WAIT_BUYER_PAY");
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));

        await _shop.SweepAsync();
        var ended = await (await _shop.SignedInAsync()).GetAsync($"/wallet/top-up/{number}");
        var late = await _shop.NotifyAsync(FakeAlipay.Notification(number, "late", Money.Yuan(20)));

        Assert.Equal("TRADE_CLOSED", _shop.Alipay.Trades[number].Status);
        Assert.Contains("已经结束", ended.Text, StringComparison.Ordinal);
        Assert.Equal("success", late);
        Assert.Equal(Money.Yuan(20), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task One_that_was_paid_is_never_closed_by_the_sweep()
    {
        var number = await _shop.TopUpAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(20), isPaid: false);
        await _shop.PayAtAlipayAsync(number);
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));

        await Task.WhenAll(_shop.SweepAsync(), _shop.SweepAsync());

        Assert.Equal(Money.Yuan(20), await _shop.BalanceAsync("shopper"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task While_alipay_is_silent_it_is_kept_and_asked_again()
    {
        var number = await _shop.TopUpAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(20), isPaid: false);
        await _shop.PayAtAlipayAsync(number);
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        _shop.Alipay.Mood = AlipayMood.Down;

        await _shop.SweepAsync();
        var waiting = await _shop.ReadAsync(db => db.Payments.SingleAsync());
        _shop.Alipay.Mood = AlipayMood.Well;
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();

        Assert.Equal(PaymentStatus.Opened, waiting.Status);
        Assert.NotNull(waiting.AskAgainAt);
        Assert.Equal(Money.Yuan(20), await _shop.BalanceAsync("shopper"));
    }

    [Fact]
    public async Task The_second_money_goes_back_and_money_of_another_amount_waits_for_staff()
    {
        var user = await _shop.UserIdAsync("shopper");
        var number = await _shop.TopUpAsync(user, Money.Yuan(20));
        _shop.Alipay.Trades["again"] = new FakeTrade("second", Money.Yuan(20), PaidAt: _shop.Clock.Now);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "second", Money.Yuan(20)));
        var other = await _shop.TopUpAsync(user, Money.Yuan(30), isPaid: false);
        await _shop.NotifyAsync(FakeAlipay.Notification(other, "odd", Money.Yuan(29)));

        await _shop.SendRefundsAsync();

        Assert.Equal(Money.Yuan(20), await _shop.BalanceAsync("shopper"));
        Assert.Equal([PaymentStatus.Settled, PaymentStatus.Returned, PaymentStatus.Held], await _shop.ReadAsync(db => db.Payments.OrderBy(payment => payment.Id).Select(payment => payment.Status).ToListAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Nobody_sees_or_pays_a_strangers_top_up()
    {
        var number = await _shop.TopUpAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(20), isPaid: false);
        var stranger = await _shop.SignedInAsync("second");

        foreach (var path in new[] { $"/wallet/top-up/{number}", $"/wallet/top-up/{number}/state" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).Status);
        Assert.DoesNotContain(number, (await stranger.GetAsync("/wallet")).Html, StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(Shopper shopper, string own)
    {
        var started = await shopper.SubmitAsync(await shopper.GetAsync("/wallet/top-up"), "main form", Refunding.Fields("Own", own));
        Assert.Equal(HttpStatusCode.Redirect, started.Status);
        return started.Location!.OriginalString.Split('/')[^1];
    }
}
