using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Wallets;

/// <summary>账户余额 pays for orders, whole or not at all; what is refunded comes back to it.</summary>
public sealed class BalanceTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task At_checkout_order_access_and_ledger_are_one()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.ConfirmAsync(await _shop.PlainCourseAsync());

        var placed = await shopper.SubmitAsync(confirm, "main form", Refunding.Fields("Channel", "Balance"), "提交订单");

        var number = placed.Location!.OriginalString.Split('/')[2];
        var order = await _shop.OrderAsync(number);
        Assert.Equal($"/orders/{number}/result", placed.Location.OriginalString);
        Assert.Equal(OrderStatus.Paid, order.Status);
        Assert.Equal(Money.Yuan(2_000) - order.Total, await _shop.BalanceAsync("shopper"));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync()));
        Assert.Contains("账户余额", (await shopper.GetAsync(placed.Location.OriginalString)).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task What_it_does_not_cover_is_not_placed_and_the_way_out_is_said()
    {
        await _shop.TopUpAsync("shopper", 1);
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.ConfirmAsync(await _shop.PlainCourseAsync());

        var refused = await shopper.SubmitAsync(confirm, "main form", Refunding.Fields("Channel", "Balance"), "提交订单");

        Assert.Contains("¥1.00", refused.Document.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector("a[href='/wallet/top-up']"));
        Assert.Equal(0, await _shop.ReadAsync(db => db.Orders.CountAsync()));
        Assert.Equal(Money.Yuan(1), await _shop.BalanceAsync("shopper"));
    }

    [Fact]
    public async Task At_the_cashier_the_page_at_alipay_is_closed_first_and_nothing_is_paid_twice()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var (shopper, number) = await OpenedAsync();
        _shop.Alipay.Trades[number] = new FakeTrade("waits", (await _shop.OrderAsync(number)).Total, "WAIT_BUYER_PAY");

        var paid = await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form[action$=balance]");

        Assert.Equal($"/orders/{number}/result", paid.Location!.OriginalString);
        Assert.Equal("TRADE_CLOSED", _shop.Alipay.Trades[number].Status);
        Assert.Equal([PaymentStatus.Closed, PaymentStatus.Settled], await StatesAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task An_order_that_turns_out_to_be_paid_at_alipay_leaves_the_balance_alone()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var (shopper, number) = await OpenedAsync();
        await _shop.PayAtAlipayAsync(number);

        var paid = await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form[action$=balance]");

        Assert.Equal($"/orders/{number}/result", paid.Location!.OriginalString);
        Assert.Equal(Money.Yuan(2_000), await _shop.BalanceAsync("shopper"));
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
    }

    [Fact]
    public async Task While_alipay_does_not_say_the_balance_waits()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var (shopper, number) = await OpenedAsync();
        _shop.Alipay.Mood = AlipayMood.Down;

        var refused = await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form[action$=balance]");

        Assert.NotNull(refused.Document.QuerySelector(".notice.bad"));
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Equal(Money.Yuan(2_000), await _shop.BalanceAsync("shopper"));
    }

    [Fact]
    public async Task A_refund_comes_back_to_the_wallet_at_once_without_a_word_to_alipay()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var shopper = await _shop.SignedInAsync();
        var placed = await shopper.SubmitAsync(await shopper.ConfirmAsync(await _shop.PlainCourseAsync()), "main form", Refunding.Fields("Channel", "Balance"), "提交订单");
        var order = await _shop.OrderAsync(placed.Location!.OriginalString.Split('/')[2]);
        _shop.Alipay.Calls.Clear();
        var staff = await _shop.SignedInAsync("finance");
        var path = $"/admin/orders/{order.Number}/refund";

        await staff.SubmitRefundAsync(await staff.ChooseRefundAsync(path, order.Lines[0]), "不想学了");

        Assert.Equal(OrderStatus.Refunded, await _shop.StatusAsync(order.Number));
        Assert.Equal(Money.Yuan(2_000), await _shop.BalanceAsync("shopper"));
        Assert.Empty(_shop.Alipay.Calls);
        Assert.Equal([WalletKind.TopUp, WalletKind.OrderPaid, WalletKind.Refund], await _shop.ReadAsync(db => db.WalletEntries.OrderBy(entry => entry.Id).Select(entry => entry.Kind).ToListAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_hundred_spends_at_once_never_take_what_is_not_there()
    {
        await _shop.TopUpAsync("shopper", 500);
        var user = await _shop.UserIdAsync("shopper");
        var shopper = await _shop.SignedInAsync();
        var numbers = new List<string>();
        for (var skip = 0; skip < 5; skip++)
            numbers.Add(await shopper.OrderAsync(await _shop.PlainCourseAsync(skip)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(turn => _shop.InScopeAsync<PayOrderFromBalance, Outcome<OrderStatus>?>(pay => pay.RunAsync(user, numbers[turn % 5], CancellationToken.None))));

        var paid = await _shop.ReadAsync(db => db.Orders.Where(order => order.Status == OrderStatus.Paid).Select(order => order.Total).ToListAsync());
        Assert.InRange(paid.Count, 1, 4);
        Assert.Equal(Money.Yuan(500) - new Money(paid.Sum(total => total.Fen)), await _shop.BalanceAsync("shopper"));
        Assert.True(await _shop.BalanceAsync("shopper") >= Money.Zero);
        Assert.Equal(paid.Count * 20, answers.Count(answer => answer!.Refusal is null));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_ledger_is_filtered_exported_and_summed_up()
    {
        await _shop.TopUpAsync("shopper", 2_000);
        var shopper = await _shop.SignedInAsync();
        await shopper.SubmitAsync(await shopper.ConfirmAsync(await _shop.PlainCourseAsync()), "main form", Refunding.Fields("Channel", "Balance"), "提交订单");
        var month = _shop.Clock.Now.ToDay()[..7];

        var all = await shopper.GetAsync("/wallet");
        var spent = await shopper.GetAsync($"/wallet?kind=OrderPaid&month={month}");
        var csv = await shopper.GetAsync($"/wallet?handler=csv&month={month}");
        var before = await shopper.GetAsync("/wallet?month=2001-01");
        var statement = await shopper.GetAsync($"/wallet/statement?year={month[..4]}");

        Assert.Equal(2, all.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(spent.Document.QuerySelectorAll("tbody tr"));
        Assert.Empty(before.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal(3, csv.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("2000.00", csv.Html, StringComparison.Ordinal);
        Assert.Contains((await _shop.BalanceAsync("shopper")).ToString(), statement.Document.QuerySelector("dd.total")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await shopper.GetAsync("/wallet?kind=99&month=x&after=x")).Status);
    }

    private async Task<(Shopper Shopper, string Number)> OpenedAsync()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        return (shopper, number);
    }

    private Task<List<PaymentStatus>> StatesAsync(string number) => _shop.ReadAsync(db => db.Payments.Of(PaymentPurpose.Order, number).Select(payment => payment.Status).ToListAsync());
}
