using System.Data.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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
                await unit.SaveChangesAsync(token);
                return await InsertAsync(unit, slice.Select((entry, place) => BillLine.Of(runId, first + place, entry)), token);
            }, stop);
        }
        catch (DbException failure) when (failure.IsDuplicate())
        {
            throw new BrokenBillException($"Rows {first}–{first + slice.Length - 1}: a payment or refund stands in the bill twice.");
        }
    }

    /// <summary>One prepared statement: a million rows through EF would keep everybody else who writes waiting ten times as long.</summary>
    private static async Task<int> InsertAsync(ShopDb unit, IEnumerable<BillLine> lines, CancellationToken stop)
    {
        await using var insert = unit.Database.GetDbConnection().CreateCommand();
        insert.Transaction = unit.Database.CurrentTransaction!.GetDbTransaction();
        insert.CommandText = """
            INSERT INTO "BillLines" ("ReconciliationId", "Position", "Kind", "TradeNo", "OutTradeNo", "RefundNumber", "Amount", "Fee", "At")
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8)
            """;
        var count = 0;
        foreach (var line in lines)
        {
            Fill(insert, line.ReconciliationId, line.Position, (int)line.Kind, line.TradeNo, line.OutTradeNo, line.RefundNumber, line.Amount.Fen, line.Fee.Fen, line.At.ToUnixTimeMilliseconds());
            count += await insert.ExecuteNonQueryAsync(stop);
        }

        return count;
    }

    private static void Fill(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var place = 0; place < values.Length; place++)
        {
            if (command.Parameters.Count == place)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{place}";
                command.Parameters.Add(parameter);
            }

            command.Parameters[place].Value = values[place];
        }
    }
}
