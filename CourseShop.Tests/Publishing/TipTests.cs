using System.Net;
using CourseShop.Common;
using CourseShop.Messaging;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Tests.Support;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Publishing;

/// <summary>赞赏 through the shop's pages: the author has it once, however it is paid.</summary>
public sealed class TipTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task By_alipay_the_author_has_it_and_readers_see_who_supports()
    {
        var shopper = await _shop.SignedInAsync();
        var article = await _shop.ArticleAsync();

        var left = await shopper.SubmitAsync(await shopper.GetAsync($"/articles/{article}/tip"), "main form.tipping", Refunding.Fields("Own", "6.66", "Message", "受益匪浅"));
        var number = left.Location!.OriginalString.Split('/')[^1];
        await shopper.SubmitAsync(await shopper.GetAsync(left.Location.OriginalString), "form.buybar", button: "去支付");
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        var back = await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, tradeNo, new Money(666)));
        var page = await shopper.FollowAsync(back.Location!.OriginalString);

        Assert.Equal(new Money(666), await _shop.BalanceAsync("author"));
        Assert.Contains("受益匪浅", page.Document.QuerySelector("#supporters")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("¥6.66", page.Document.QuerySelector("#supporters")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Notices.CountAsync(notice => notice.Kind == NoticeKind.Tip)));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task From_the_balance_it_is_there_at_once_less_the_platforms_share()
    {
        _shop.Settings["Tips:PlatformShare"] = "0.125";
        await _shop.TopUpAsync("shopper", 30);
        var shopper = await _shop.SignedInAsync();
        var article = await _shop.ArticleAsync();

        var form = await shopper.GetAsync($"/articles/{article}");
        var left = await shopper.SubmitAsync(form, "#tip-dialog form.tipping", Refunding.Fields("Choice", "20", "Channel", "Balance", "Anonymous", "true"));
        var page = await shopper.FollowAsync(left.Location!.OriginalString);

        Assert.Equal(Money.Yuan(10), await _shop.BalanceAsync("shopper"));
        Assert.Equal(new Money(1750), await _shop.BalanceAsync("author"));
        Assert.Equal(250, await _shop.ReadAsync(db => db.WalletEntries.Where(entry => entry.UserId == null).SumAsync(entry => (long)(object)entry.Amount)));
        Assert.DoesNotContain("shopper", page.Document.QuerySelector("#supporters")!.TextContent, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Not_for_ones_own_article_not_for_what_nobody_may_read_and_not_beyond_the_balance()
    {
        var article = await _shop.ArticleAsync();
        var own = await (await _shop.SignedInAsync("author")).GetAsync($"/articles/{article}/tip");
        var refused = await _shop.Service<LeaveTip>().RunAsync(await _shop.UserIdAsync("author"), article, new("5", "", false, PaymentChannel.Alipay, Saving.Key()), CancellationToken.None);
        var poor = await _shop.Service<LeaveTip>().RunAsync(await _shop.UserIdAsync("shopper"), article, new("5", "", false, PaymentChannel.Balance, Saving.Key()), CancellationToken.None);
        await _shop.WriteAsync(async db => (await db.Articles.SingleAsync(found => found.Id == article)).Withdraw());
        var gone = await (await _shop.SignedInAsync()).GetAsync($"/articles/{article}/tip");

        Assert.NotNull(own.Document.QuerySelector(".notice.bad"));
        Assert.NotNull(refused!.Refusal);
        Assert.NotNull(poor!.Refusal);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Tips.CountAsync()));
    }

    [Fact]
    public async Task The_author_sees_what_it_brought()
    {
        await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(12));
        await _shop.TipAsync(await _shop.UserIdAsync("second"), Money.Yuan(3));

        var page = await (await _shop.SignedInAsync("author")).GetAsync("/wallet/earnings");

        Assert.Equal(["¥15.00", "2", "2"], page.Document.QuerySelectorAll(".figures b").Select(figure => figure.TextContent));
        Assert.Equal(12, page.Document.QuerySelectorAll("svg rect").Length);
        Assert.Single(page.Document.QuerySelectorAll("svg rect"), bar => bar.GetAttribute("height") != "0");
    }

    [Fact]
    public async Task Twenty_clicks_are_one_tip()
    {
        await _shop.TopUpAsync("shopper", 100);
        var shopper = await _shop.SignedInAsync();
        var form = await shopper.GetAsync($"/articles/{await _shop.ArticleAsync()}/tip");

        var left = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.SubmitAsync(form, "main form.tipping", Refunding.Fields("Choice", "10", "Channel", "Balance"))));

        Assert.Single(left.Select(page => page.Location!.OriginalString).Distinct());
        Assert.Equal(Money.Yuan(90), await _shop.BalanceAsync("shopper"));
        Assert.Equal(Money.Yuan(10), await _shop.BalanceAsync("author"));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Money_that_comes_late_still_reaches_the_author_and_the_second_goes_back()
    {
        var number = await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(5), isPaid: false);
        _shop.Alipay.Trades[number] = new FakeTrade("waits", Money.Yuan(5), "WAIT_BUYER_PAY");
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();
        Assert.Equal(Money.Zero, await _shop.BalanceAsync("author"));

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "late", Money.Yuan(5)));
        _shop.Alipay.Trades["again"] = new FakeTrade("second", Money.Yuan(5), PaidAt: _shop.Clock.Now);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "second", Money.Yuan(5)));
        await _shop.SendRefundsAsync();

        Assert.Equal(Money.Yuan(5), await _shop.BalanceAsync("author"));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Payments.CountAsync(payment => payment.Status == PaymentStatus.Returned)));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(PaymentChannel.Alipay)]
    [InlineData(PaymentChannel.Balance)]
    public async Task Staff_give_it_back_while_the_authors_balance_covers_it(PaymentChannel channel)
    {
        await _shop.TopUpAsync("shopper", 20);
        await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(10), channel);
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync("/admin/tips");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => finance.SubmitAsync(page, "main form[action$=takeback]")));

        Assert.Equal(Money.Zero, await _shop.BalanceAsync("author"));
        Assert.Equal(Money.Yuan(20), await _shop.BalanceAsync("shopper"));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Refunds.CountAsync(refund => refund.Status == RefundStatus.Done)));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Notices.CountAsync(notice => notice.Kind == NoticeKind.TipTakenBack)));
        Assert.Contains("0 人", (await finance.GetAsync($"/articles/{await _shop.ArticleAsync()}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task What_the_author_has_spent_can_not_be_given_back()
    {
        var number = await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(10));
        await _shop.WriteAsync(async db =>
        {
            var author = await db.Users.SingleAsync(user => user.UserName == "author");
            db.WalletEntries.Add(new WalletEntry(author.Id, Money.Yuan(-1), WalletKind.Withdrawal, "spent", "spent", _shop.Clock.Now));
        });

        var refused = await _shop.InScopeAsync<TakeBackTip, Outcome<bool>?>(take => take.RunAsync(1, number, CancellationToken.None));

        Assert.NotNull(refused!.Refusal);
        Assert.Equal(Money.Yuan(9), await _shop.BalanceAsync("author"));
        Assert.Equal(0, await _shop.ReadAsync(db => db.Refunds.CountAsync()));
    }

    [Fact]
    public async Task A_refund_that_alipay_refuses_for_good_gives_it_to_the_author_again()
    {
        var number = await _shop.TipAsync(await _shop.UserIdAsync("shopper"), Money.Yuan(10));
        _shop.Alipay.Trades[number] = _shop.Alipay.Trades[number] with { Status = "TRADE_FINISHED" };

        await _shop.InScopeAsync<TakeBackTip, Outcome<bool>?>(take => take.RunAsync(1, number, CancellationToken.None));

        Assert.Equal(Money.Yuan(10), await _shop.BalanceAsync("author"));
        Assert.True(await _shop.ReadAsync(db => db.Tips.AnyAsync(tip => tip.Number == number && tip.TakenBackAt == null)));
        await _shop.AssertHoldAsync();
    }
}
