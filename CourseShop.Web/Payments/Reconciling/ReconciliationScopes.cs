using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Named queries over reconciliations, their lines and their differences.</summary>
public static class ReconciliationScopes
{
    /// <summary>The runs of one day.</summary>
    public static IQueryable<Reconciliation> Of(this IQueryable<Reconciliation> runs, PaymentChannel channel, DateOnly day) =>
        runs.Where(run => run.Channel == channel && run.Day == day);

    /// <summary>The runs that count for their day.</summary>
    public static IQueryable<Reconciliation> Current(this IQueryable<Reconciliation> runs) => runs.Where(run => run.IsCurrent);

    /// <summary>The latest run of each day.</summary>
    public static IQueryable<Reconciliation> LatestOfEachDay(this IQueryable<Reconciliation> runs) =>
        runs.Where(run => !runs.Any(later => later.Channel == run.Channel && later.Day == run.Day && later.Id > run.Id));

    /// <summary>Lines of bills that were read to their end: what may be believed.</summary>
    public static IQueryable<BillLine> Valid(this IQueryable<BillLine> lines) => lines.Where(line => line.Reconciliation.IsCurrent);

    /// <summary>Differences that count: those of current runs.</summary>
    public static IQueryable<ReconciliationDifference> Valid(this IQueryable<ReconciliationDifference> differences) => differences.Where(difference => difference.Reconciliation.IsCurrent);

    /// <summary>Within a unit that decides about one of these differences: the turn of its day.</summary>
    internal static async Task TakeTurnOfDayAsync(this IQueryable<ReconciliationDifference> differences, ShopDb db, CancellationToken stop)
    {
        if (!db.Dialect.HasOneWriter && await differences.Select(difference => new { difference.Reconciliation.Channel, difference.Reconciliation.Day }).FirstOrDefaultAsync(stop) is { } of)
            await db.TakeTurnAsync(Turn.OfBill((int)of.Channel, of.Day), stop);
    }

    /// <summary>Differences that nobody cleared up.</summary>
    public static IQueryable<ReconciliationDifference> Open(this IQueryable<ReconciliationDifference> differences) => differences.Where(difference => difference.Ending == null);
}
