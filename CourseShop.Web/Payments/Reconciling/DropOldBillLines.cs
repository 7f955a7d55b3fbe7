using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Removes the lines of runs that don't count: those that a newer one replaced, and what a failed one had read. Their findings are kept.</summary>
public sealed class DropOldBillLines(ShopDb db, ShopWriter writer)
{
    private const int Slice = 5_000;

    /// <summary>How many lines went.</summary>
    /// <param name="stop">Stops between two slices; the rest goes next time.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var old = await db.Reconciliations.Where(run => !run.IsCurrent && run.State != ReconciliationState.Running && db.BillLines.Any(line => line.ReconciliationId == run.Id)).Select(run => run.Id).ToListAsync(stop);
        var dropped = 0;
        foreach (var id in old)
        {
            for (int? last; (last = await db.BillLines.Where(line => line.ReconciliationId == id).OrderBy(line => line.Position).Take(Slice).MaxAsync(line => (int?)line.Position, stop)) is not null;)
                dropped += await writer.RunAsync((unit, token) => unit.BillLines.Where(line => line.ReconciliationId == id && line.Position <= last).ExecuteDeleteAsync(token), stop);
        }

        return dropped;
    }
}
