using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments;

/// <summary>Held money that staff let count: once, never less than was asked for, never more than it.</summary>
public sealed class AcceptHeldMoneyTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Too_much_held_money_is_accepted_once_and_the_surplus_goes_back()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        var total = (await _shop.OrderAsync(number)).Total;
        var tradeNo = await _shop.PayAtAlipayAsync(number, total + Money.Yuan(5));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, total + Money.Yuan(5)));
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync("/admin/payments?state=attention");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => finance.SubmitAsync(page, "td form[action*=Accept]")));
        await _shop.SendRefundsAsync();

        Assert.Equal(OrderStatus.Paid, (await _shop.OrderAsync(number)).Status);
        Assert.Equal(Money.Yuan(5), _shop.Alipay.Trades[number].Refunded);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync()));
        Assert.Contains("核对后收下这笔付款", (await shopper.GetAsync($"/orders/{number}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Too_little_money_and_money_for_a_paid_order_are_not_accepted()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, await _shop.PayAtAlipayAsync(number, Money.Yuan(1)), Money.Yuan(1)));
        var finance = await _shop.SignedInAsync("finance");

        await finance.SubmitAsync(await finance.GetAsync("/admin/payments?state=attention"), "td form[action*=Accept]");
        var told = await finance.GetAsync("/admin/payments?state=attention");

        Assert.Contains("订单的价格已经固定，不能收下", told.Html, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.AwaitingPayment, PaymentStatus.Held), ((await _shop.OrderAsync(number)).Status, await _shop.ReadAsync(db => db.Payments.Select(payment => payment.Status).SingleAsync())));
    }
}
