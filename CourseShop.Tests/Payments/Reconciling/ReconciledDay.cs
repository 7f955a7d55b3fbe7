using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments.Reconciling;

/// <summary>An attempt to pay, and the number its trade would have.</summary>
public sealed record Attempt(string OutTradeNo, string TradeNo, Money Amount);

/// <summary>A shop at noon of a day, with what is sold, paid and refunded on it, and the gateway's bills; then the day is over and is compared.</summary>
public sealed class ReconciledDay : IDisposable
{
    private int _attempts;

    public ReconciledDay()
    {
        var noon = Shop.Clock.Now.StartOfBeijingDay().AddHours(12);
        Shop.Clock.Advance((noon > Shop.Clock.Now ? noon : noon.AddDays(1)) - Shop.Clock.Now);
        Day = Shop.Clock.Now.BeijingDay();
    }

    public ShopWithBills Shop { get; } = new();

    public FakeBills Bills => Shop.Bills;

    public DateOnly Day { get; }

    public DateTimeOffset Now => Shop.Clock.Now;

    /// <summary>An instant of the day by Beijing's clock.</summary>
    public DateTimeOffset At(int hour, int minute = 0, int second = 0) => Day.StartInBeijing().AddHours(hour).AddMinutes(minute).AddSeconds(second);

    /// <summary>The day after, at ten.</summary>
    public Task TomorrowAsync() => GoToAsync(Day.AddDays(1).StartInBeijing().AddHours(10));

    public Task GoToAsync(DateTimeOffset instant)
    {
        Shop.Clock.Advance(instant - Shop.Clock.Now);
        return Task.CompletedTask;
    }

    /// <summary>An order whose buyer was led to the gateway.</summary>
    public async Task<Attempt> OpenedAsync()
    {
        var skip = _attempts++;
        var course = await Shop.PlainCourseAsync(skip);
        var user = await Shop.UserIdAsync("shopper");
        var (selection, choices) = (new CheckoutSelection(course, null), new CheckoutChoices(null, 0));
        var view = await Shop.InScopeAsync<QuoteCart, CheckoutView>(quote => quote.RunAsync(user, selection, choices, CancellationToken.None));
        var placed = await Shop.InScopeAsync<PlaceOrder, Outcome<PlacedOrder>>(place =>
            place.RunAsync(user, new CheckoutForm(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N")), CancellationToken.None));
        var number = placed.Value!.Number;
        await Shop.WriteAsync(async db => (await db.Payments.SingleAsync(payment => payment.OutTradeNo == number)).Open(Now));
        return new(number, TradeNo(skip), view.Quote.Total);
    }

    public string TradeNo(int number) => $"{Day:yyyyMMdd}2200140{number:0000000000000}";

    /// <summary>An order whose money came; <paramref name="inBill"/> also by the bill.</summary>
    public async Task<Attempt> PaidAsync(DateTimeOffset? at = null, bool inBill = true)
    {
        var attempt = await OpenedAsync();
        await SettleAsync(attempt, at ?? Now);
        if (inBill)
            Bills.Add(FakeBills.Payment(attempt.TradeNo, attempt.OutTradeNo, attempt.Amount, at ?? Now));
        return attempt;
    }

    public Task<NotificationVerdict> SettleAsync(Attempt attempt, DateTimeOffset? paidAt, Money? amount = null, string? tradeNo = null) => Shop.Service<SettlePayment>().RunAsync(
        new GatewayTrade(attempt.OutTradeNo, tradeNo ?? attempt.TradeNo, GatewayTradeStatus.Paid, amount ?? attempt.Amount, Money.Zero, "159****5620", paidAt), CancellationToken.None);

    /// <summary>A refund of ours; without <paramref name="doneAt"/> it is still open.</summary>
    public async Task<string> RefundAsync(Attempt attempt, Money amount, DateTimeOffset? doneAt)
    {
        var number = RefundNumber.New(Now);
        await Shop.WriteAsync(async db =>
        {
            var payment = await db.Payments.SingleAsync(payment => payment.TradeNo == attempt.TradeNo);
            var refund = payment.StartRefund(amount, RefundCause.TakenBack, number, Now);
            if (doneAt is { } at)
                refund.Complete(at);
            db.Refunds.Add(refund);
        });
        return number;
    }

    /// <summary>The books have so many settled payments of this moment, and nothing else of them.</summary>
    public Task KnowAsync(int payments) => Shop.WriteAsync(db => db.Database.ExecuteSqlAsync($"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {payments})
        INSERT INTO Payments (Purpose, PurposeNumber, Channel, OutTradeNo, Amount, Subject, Status, PayBy, CreatedAt, ReceivedAt, PaidAt, TradeNo, AmountReceived, AlreadyRefunded, Refunded, IsExtra)
        SELECT 0, 'order-' || i, 0, 'order-' || i, 100, 'x', {(int)PaymentStatus.Settled}, 0, {Now.ToUnixTimeMilliseconds()}, {Now.ToUnixTimeMilliseconds()}, {Now.ToUnixTimeMilliseconds()}, 'trade-' || i, 100, 0, 0, 0
        FROM n WHERE i <= {payments}
        """));

    /// <summary>The row of one of these.</summary>
    public static BillEntry Known(int number, DateTimeOffset at) => FakeBills.Payment($"trade-{number}", $"order-{number}", Money.Yuan(1), at);

    public Task<ReconciliationState?> RunAsync(DateOnly? day = null) => Shop.InScopeAsync<Reconcile, ReconciliationState?>(reconcile => reconcile.RunAsync(day ?? Day, CancellationToken.None));

    /// <summary>The differences that count for a day.</summary>
    public async Task<IReadOnlyList<ReconciliationDifference>> DifferencesAsync(DateOnly? day = null) => await Shop.ReadAsync(db =>
        db.ReconciliationDifferences.AsNoTracking().Valid().Where(difference => difference.Reconciliation.Day == (day ?? Day)).OrderBy(difference => difference.Id).ToListAsync());

    /// <summary>Runs the day at ten of the next one; expects one difference.</summary>
    public async Task<ReconciliationDifference> TheOneDifferenceAsync()
    {
        await TomorrowAsync();
        Assert.Equal(ReconciliationState.Differences, await RunAsync());
        return Assert.Single(await DifferencesAsync());
    }

    public Task<Reconciliation> CurrentAsync(DateOnly? day = null) => Shop.ReadAsync(db => db.Reconciliations.AsNoTracking().Current().SingleAsync(run => run.Day == (day ?? Day)));

    public Task<Reconciliation> LatestAsync(DateOnly? day = null) => Shop.ReadAsync(db => db.Reconciliations.AsNoTracking().LatestOfEachDay().SingleAsync(run => run.Day == (day ?? Day)));

    public Task<T> ReadAsync<T>(Func<ShopDb, Task<T>> read) => Shop.ReadAsync(read);

    public void Dispose() => Shop.Dispose();
}
