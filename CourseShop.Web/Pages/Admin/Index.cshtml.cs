using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Reconciling;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

public sealed record StrayPayment(long Id, string OutTradeNo, string OrderNumber, PaymentStatus Status, Money Amount, Money? AmountReceived, DateTimeOffset? ReceivedAt);

public sealed record ShopDay(DateOnly Date, int Orders, Money Received, int Payments);

/// <summary>概览: how today goes, and what waits for a person.</summary>
public sealed class IndexModel(ShopDb db, TimeProvider clock) : PageModel
{
    public const int MostCounted = 100;
    private const int Days = 7;
    private const int MostShown = 10;

    public IReadOnlyDictionary<OrderStatus, int> OrdersToday { get; private set; } = new Dictionary<OrderStatus, int>();

    /// <summary>Today first.</summary>
    public IReadOnlyList<ShopDay> Week { get; private set; } = [];
    public IReadOnlyList<StrayPayment> Strays { get; private set; } = [];
    public int StrayCount { get; private set; }
    public IReadOnlyDictionary<NotificationVerdict, int> Strange { get; private set; } = new Dictionary<NotificationVerdict, int>();
    public int Forged { get; private set; }
    public int OpenDifferences { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var today = clock.GetUtcNow().StartOfBeijingDay();
        OrdersToday = await db.Orders.PlacedSinceDayOf(today).GroupBy(order => order.Status)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        Week = await ReadWeekAsync(today, stop);

        StrayCount = await db.Payments.NeedingAPerson().Take(MostCounted).CountAsync(stop);
        Strays = await db.Payments.NeedingAPerson().OrderByDescending(payment => payment.Id).Take(MostShown)
            .Select(payment => new StrayPayment(payment.Id, payment.OutTradeNo, payment.PurposeNumber, payment.Status, payment.Amount, payment.AmountReceived, payment.ReceivedAt)).ToListAsync(stop);
        OpenDifferences = await db.ReconciliationDifferences.Valid().Open().Take(MostCounted).CountAsync(stop);
        Strange = await db.PaymentNotifications.NeedingAPerson().OrderByDescending(notification => notification.Id).Take(MostCounted).GroupBy(notification => notification.Verdict)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, stop);
        Forged = await db.PaymentNotifications.Where(notification => notification.Verdict == NotificationVerdict.Forged).Take(MostCounted).CountAsync(stop);
    }

    private async Task<List<ShopDay>> ReadWeekAsync(DateTimeOffset today, CancellationToken stop)
    {
        var first = today.AddDays(1 - Days);
        var takings = await db.TakingsByDay(first).ToDictionaryAsync(day => day.Date, stop);
        var orders = await db.Orders.PlacedSinceDayOf(first).GroupBy(order => order.Number.Substring(0, 8))
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, stop);
        return Enumerable.Range(0, Days).Select(back => today.AddDays(-back).BeijingDay()).Select(date =>
        {
            var day = takings.GetValueOrDefault(date);
            return new ShopDay(date, orders.GetValueOrDefault(date.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)), day?.Amount ?? Money.Zero, day?.Count ?? 0);
        }).ToList();
    }
}
