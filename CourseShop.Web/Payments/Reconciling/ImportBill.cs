using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Reads a bill to its end and keeps its rows under the run that reads it, a slice per unit: its length costs neither memory nor anybody's patience.</summary>
public sealed class ImportBill(ShopWriter writer, TimeProvider clock)
{
    /// <summary>How many rows a unit writes, and how many are held at once.</summary>
    public const int Slice = 2_000;

    /// <summary>Throws <see cref="BrokenBillException"/> where the bill does, or where it names a movement twice.</summary>
    /// <param name="runId">A run that this process is at.</param>
    /// <param name="bill">Read once; the caller disposes of it.</param>
    /// <param name="stop">Stops between two slices.</param>
    /// <returns>How many rows there were.</returns>
    public async Task<int> RunAsync(long runId, GatewayBill bill, CancellationToken stop)
    {
        var read = 0;
        await foreach (var slice in bill.ReadAsync(stop).Chunk(Slice).WithCancellation(stop))
        {
            var first = read + 1;
            await KeepAsync(runId, first, slice, stop);
            read += slice.Length;
        }

        return read;
    }

    private async Task KeepAsync(long runId, int first, BillEntry[] slice, CancellationToken stop)
    {
        try
        {
            await writer.RunAsync(async (unit, token) =>
            {
                (await unit.Reconciliations.SingleAsync(run => run.Id == runId, token)).StayAt(clock.GetUtcNow(), slice.Length);
                unit.BillLines.AddRange(slice.Select((entry, place) => BillLine.Of(runId, first + place, entry)));
                return await unit.SaveChangesAsync(token);
            }, stop);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new BrokenBillException($"Rows {first}–{first + slice.Length - 1}: a payment or refund stands in the bill twice.");
        }
    }
}
