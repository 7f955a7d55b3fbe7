using System.Collections.Concurrent;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>
/// Ends attempts past their deadline whose purpose has no state of its own to end (top-ups, tips). The gateway is asked first: paid → settled,
/// waiting → closed there, then here; no answer → kept, and asked again later.
/// </summary>
public sealed class CloseUnpaidPayments(ShopDb db, ShopWriter writer, ClosePayment close, TimeProvider clock)
{
    private const int MostPerSweep = 200;
    private const int AskedAtOnce = 4;

    /// <summary>How many attempts were closed.</summary>
    /// <param name="stop">Stops between two attempts.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var overdue = await db.Payments.AsNoTracking().Overdue(clock.GetUtcNow()).OrderBy(payment => payment.PayBy).ThenBy(payment => payment.Id).Take(MostPerSweep).ToListAsync(stop);
        var waiting = new ConcurrentQueue<Payment>(overdue);
        return (await Task.WhenAll(Enumerable.Range(0, AskedAtOnce).Select(_ => CloseInTurnAsync(waiting, stop)))).Sum();
    }

    private async Task<int> CloseInTurnAsync(ConcurrentQueue<Payment> waiting, CancellationToken stop)
    {
        var closed = 0;
        while (waiting.TryDequeue(out var payment))
        {
            stop.ThrowIfCancellationRequested();
            var result = await close.RunAsync(payment, stop);
            if (result == ClosingResult.Unknown)
                await writer.RunAsync((unit, token) => AskLaterAsync(unit, payment.Id, token), stop);
            closed += result == ClosingResult.Closed ? 1 : 0;
        }

        return closed;
    }

    private async Task<int> AskLaterAsync(ShopDb unit, long id, CancellationToken stop)
    {
        (await unit.Payments.SingleAsync(payment => payment.Id == id, stop)).AskLater(clock.GetUtcNow());
        return await unit.SaveChangesAsync(stop);
    }
}
