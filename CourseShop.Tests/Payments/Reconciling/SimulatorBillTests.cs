using CourseShop.AlipaySimulator;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments.Reconciling;

/// <summary>What was sold, paid and refunded through the shop's own pages, against the bill that the gateway writes of it.</summary>
public sealed class SimulatorBillTests : IDisposable
{
    private readonly ShopWithSimulator _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_day_of_payments_and_a_refund_is_clean()
    {
        var day = await SoldAndRefundedAsync();
        await TenTheNextDayAsync(day);

        Assert.Equal(1, await DueAsync());

        var run = await _shop.ReadAsync(db => db.Reconciliations.AsNoTracking().SingleAsync(run => run.Day == day));
        Assert.Equal(ReconciliationState.Clean, run.State);
        Assert.Equal((2, 1), (run.Bill.Payments, run.Bill.Refunds));
        Assert.Equal((run.Bill.Received, run.Bill.Refunded), (run.Books.Received, run.Books.Refunded));
    }

    [Theory]
    [InlineData(Switch.BillRowMissing, DifferenceKind.Refund)]
    [InlineData(Switch.BillStrangersRow, DifferenceKind.MissingHere)]
    [InlineData(Switch.BillOtherAmount, DifferenceKind.Amount)]
    public async Task A_bill_that_is_wrong_is_told(Switch which, DifferenceKind kind)
    {
        var day = await SoldAndRefundedAsync();
        await TenTheNextDayAsync(day);
        Turn(which);

        await DueAsync();

        var found = await _shop.ReadAsync(db => db.ReconciliationDifferences.AsNoTracking().Valid().ToListAsync());
        Assert.Equal(kind, Assert.Single(found).Kind);
    }

    [Theory]
    [InlineData(Switch.BillRefundTwice)]
    [InlineData(Switch.BillCutOff)]
    public async Task A_bill_that_contradicts_itself_is_not_believed_and_staff_read_why(Switch which)
    {
        var day = await SoldAndRefundedAsync();
        await TenTheNextDayAsync(day);
        Turn(which);

        await DueAsync();

        Assert.Equal(ReconciliationTrouble.BrokenBill, (await _shop.ReadAsync(db => db.Reconciliations.AsNoTracking().SingleAsync())).Trouble);
        Assert.Contains("账单", (await (await _shop.SignedInAsync("finance")).GetAsync($"/admin/reconciliation/{day:yyyy-MM-dd}")).Document.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_dated_yesterday_is_reconciled_today_when_staff_ask_for_it()
    {
        await TenTheNextDayAsync(_shop.Clock.Now.BeijingDay());
        var shopper = await _shop.SignedInAsync();
        Turn(Switch.PaidYesterday);
        await BuyAsync(shopper, 0);
        var finance = await _shop.SignedInAsync("finance");
        var path = $"/admin/reconciliation/{_shop.Clock.Now.BeijingDay().AddDays(-1):yyyy-MM-dd}";

        await finance.SubmitAsync(await finance.GetAsync(path), "form[action*=Run]");
        await DueAsync();

        Assert.Contains("✓", (await finance.GetAsync("/admin/reconciliation")).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await _shop.ReadAsync(db => db.Reconciliations.AsNoTracking().SingleAsync())).Bill.Payments);
        await _shop.AssertHoldAsync();
    }

    /// <summary>Two orders paid, one of them given back; yields their day.</summary>
    private async Task<DateOnly> SoldAndRefundedAsync()
    {
        var day = _shop.Clock.Now.BeijingDay();
        var shopper = await _shop.SignedInAsync();
        await BuyAsync(shopper, 0);
        var order = await BuyAsync(shopper, 1);
        var finance = await _shop.SignedInAsync("finance");
        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]), "退");
        Assert.Equal(OrderStatus.Refunded, await _shop.StatusAsync(order.Number));
        return day;
    }

    private async Task<Order> BuyAsync(Shopper shopper, int skip)
    {
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync(skip));
        var cashier = await shopper.FollowAsync((await shopper.OpenPaymentAsync(number)).Location!.OriginalString);
        await shopper.SubmitAsync(cashier, "form:has(button.main)", button: "付款");
        await _shop.DeliverNotificationsAsync();
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        return await _shop.OrderAsync(number);
    }

    private Task TenTheNextDayAsync(DateOnly day)
    {
        _shop.Clock.Advance(day.AddDays(1).StartInBeijing().AddHours(10) - _shop.Clock.Now);
        return Task.CompletedTask;
    }

    private Task<int> DueAsync() => _shop.InScopeAsync<ReconcileDue, int>(due => due.RunAsync(CancellationToken.None));

    private void Turn(Switch which) => _shop.Service<SimulatorStore>().Save(new SwitchState(which, SwitchState.UntilOff, 0));
}
