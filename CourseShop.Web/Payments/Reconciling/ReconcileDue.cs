using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Runs every day whose time has come: yesterday at ten, days that were missed, what staff asked for, what waits for its bill.</summary>
public sealed class ReconcileDue(ShopDb db, Reconcile reconcile, TimeProvider clock)
{
    /// <summary>How many days came out.</summary>
    /// <param name="stop">Stops the day that it is at.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var (first, _) = ReconciliationSchedule.Days(now);
        var firstOfAll = await db.Payments.OrderBy(payment => payment.Id).Select(payment => (DateTimeOffset?)payment.CreatedAt).FirstOrDefaultAsync(stop);
        var latest = await db.Reconciliations.AsNoTracking().LatestOfEachDay()
            .Where(run => run.Day >= first || run.State == ReconciliationState.Asked || run.State == ReconciliationState.Running || run.State == ReconciliationState.Waiting).ToListAsync(stop);

        var done = 0;
        foreach (var day in ReconciliationSchedule.Due(now, firstOfAll?.BeijingDay(), latest))
        {
            if (await reconcile.RunAsync(day, stop) is ReconciliationState.Clean or ReconciliationState.Differences)
                done++;
        }

        return done;
    }
}
