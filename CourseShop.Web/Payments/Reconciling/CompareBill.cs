using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Compares what a run imported with the books and makes the result the one that counts: all of it, or nothing.</summary>
public sealed class CompareBill(ShopDb db, ShopWriter writer, TimeProvider clock)
{
    private const int Slice = 1_000;

    /// <summary>Reads beside the writer; only what is found is written, in slices, and the last unit turns the day over to the new result.</summary>
    /// <param name="runId">A run that this process is at, and that has read its whole bill.</param>
    /// <param name="stop">Stops between two slices.</param>
    public async Task<ReconciliationState> RunAsync(long runId, CancellationToken stop)
    {
        var run = await db.Reconciliations.AsNoTracking().SingleAsync(run => run.Id == runId, stop);
        var bills = new ComparedBills(runId, run.Channel, run.Day, await CurrentAsync(run.Channel, run.Day.AddDays(-1), stop), await CurrentAsync(run.Channel, run.Day.AddDays(1), stop));
        await foreach (var slice in db.Differences(bills).AsAsyncEnumerable().Chunk(Slice).WithCancellation(stop))
            await writer.RunAsync((unit, token) => KeepAsync(unit, runId, slice, token), stop);
        var bill = MovedSum.Day(await db.BillSums(bills).ToListAsync(stop));
        var books = MovedSum.Day(await db.BookSums(bills).ToListAsync(stop));
        return await writer.RunAsync((unit, token) => FinishAsync(unit, bills, bill, books, token), stop);
    }

    private Task<long> CurrentAsync(PaymentChannel channel, DateOnly day, CancellationToken stop) =>
        db.Reconciliations.Of(channel, day).Current().Select(run => run.Id).SingleOrDefaultAsync(stop);

    private async Task<int> KeepAsync(ShopDb unit, long runId, FoundDifference[] slice, CancellationToken stop)
    {
        (await unit.Reconciliations.SingleAsync(run => run.Id == runId, stop)).StayAt(clock.GetUtcNow());
        unit.ReconciliationDifferences.AddRange(slice.Select(found => ReconciliationDifference.Of(runId, found)));
        return await unit.SaveChangesAsync(stop);
    }

    private async Task<ReconciliationState> FinishAsync(ShopDb unit, ComparedBills bills, DaySums bill, DaySums books, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfBill((int)bills.Channel, bills.Day), stop);
        var now = clock.GetUtcNow();
        var run = await unit.Reconciliations.SingleAsync(run => run.Id == bills.Run, stop);
        run.Finish(bill, books, !await unit.ReconciliationDifferences.AnyAsync(found => found.ReconciliationId == run.Id, stop), now);
        await InheritAsync(unit, run, stop);
        await unit.Reconciliations.Of(run.Channel, run.Day).Current().ExecuteUpdateAsync(set => set.SetProperty(before => before.IsCurrent, false), stop);
        await unit.SaveChangesAsync(stop);
        await ClearBesideAsync(unit, bills, now, stop);
        return run.State;
    }

    /// <summary>What a person vouched for stays so where it came out the same again. These are few: each was written by hand.</summary>
    private static async Task InheritAsync(ShopDb unit, Reconciliation run, CancellationToken stop)
    {
        var vouched = await unit.ReconciliationDifferences.AsNoTracking()
            .Where(old => old.Ending == DifferenceEnding.Verified && old.Reconciliation.IsCurrent && old.Reconciliation.Channel == run.Channel && old.Reconciliation.Day == run.Day).ToListAsync(stop);
        foreach (var old in vouched)
        {
            var again = await unit.ReconciliationDifferences.SingleOrDefaultAsync(found =>
                found.ReconciliationId == run.Id && found.Kind == old.Kind && found.TradeNo == old.TradeNo && found.RefundNumber == old.RefundNumber, stop);
            if (again?.IsSameAs(old) == true)
                again.Inherit(old);
        }
    }

    /// <summary>What was missing in the bills of the days beside and stands in this one is missing no more.</summary>
    private static async Task ClearBesideAsync(ShopDb unit, ComparedBills bills, DateTimeOffset now, CancellationToken stop)
    {
        long[] beside = [bills.Before, bills.After];
        var missing = unit.ReconciliationDifferences.Open().Where(open => beside.Contains(open.ReconciliationId) && open.BillAmount == null);
        var found = missing.Where(open => unit.BillLines.Any(line => line.ReconciliationId == bills.Run && line.TradeNo == open.TradeNo && line.RefundNumber == open.RefundNumber));
        await found.ExecuteUpdateAsync(set => set.SetProperty(open => open.Ending, DifferenceEnding.FoundBeside).SetProperty(open => open.EndedAt, now), stop);
    }
}
