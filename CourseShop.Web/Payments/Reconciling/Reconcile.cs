using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>
/// 对账 of one day: takes the bill, imports it in slices, compares it with the books, and makes the result the day's current one in a single unit. Whatever
/// happens before that unit leaves the result of before as it was. One process at a time: who runs holds a lease that ends by itself.
/// </summary>
public sealed class Reconcile(
    ShopWriter writer, IEnumerable<IPaymentGateway> gateways, ImportBill import, CompareBill compare, DropOldBillLines drop, TimeProvider clock, ILogger<Reconcile> log)
{
    /// <summary>Runs the day, if nobody else is at it.</summary>
    /// <param name="day">A Beijing day that is over.</param>
    /// <param name="stop">Stops it in the middle: it counts as interrupted, and is begun anew later.</param>
    /// <param name="channel">Whose bill.</param>
    /// <returns>How it ended; null where another process is at it.</returns>
    public async Task<ReconciliationState?> RunAsync(DateOnly day, CancellationToken stop, PaymentChannel channel = PaymentChannel.Alipay)
    {
        if (await writer.RunAsync((unit, token) => ClaimAsync(unit, channel, day, token), stop) is not { } id)
            return null;

        try
        {
            var answer = await gateways.Single(gateway => gateway.Channel == channel).BillAsync(day, stop);
            if (answer is not { Verdict: GatewayVerdict.Yes, Value: { } bill })
                return await EndAsync(id, run => run.Postpone(answer.Refusal == GatewayRefusal.NoBill ? ReconciliationTrouble.NoBill : ReconciliationTrouble.NoAnswer, answer.Code, clock.GetUtcNow()));
            await using (bill)
                await import.RunAsync(id, bill, stop);
            var state = await compare.RunAsync(id, stop);
            await drop.RunAsync(stop);
            return state;
        }
        catch (BrokenBillException broken)
        {
            log.LogWarning("The bill of {Day} can't be believed: {Why}", day, broken.Message);
            return await EndAsync(id, run => run.Fail(ReconciliationTrouble.BrokenBill, broken.Message, clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await EndAsync(id, run => run.Fail(ReconciliationTrouble.Interrupted, null, clock.GetUtcNow()));
            throw;
        }
        catch (Exception failure) // the day must not stay under way for ever
        {
            log.LogError(failure, "The reconciliation of {Day} failed", day);
            return await EndAsync(id, run => run.Fail(ReconciliationTrouble.Fault, failure.GetType().Name, clock.GetUtcNow()));
        }
    }

    /// <summary>The run that this process is at from now on; null where another one is. One whose process fell silent has failed.</summary>
    private async Task<long?> ClaimAsync(ShopDb unit, PaymentChannel channel, DateOnly day, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfBill((int)channel, day), stop);
        var now = clock.GetUtcNow();
        var latest = await unit.Reconciliations.Of(channel, day).OrderByDescending(run => run.Id).FirstOrDefaultAsync(stop);
        if (latest is { State: ReconciliationState.Running })
        {
            if (!latest.IsAbandoned(now))
                return null;
            latest.Fail(ReconciliationTrouble.Interrupted, null, now);
            await unit.SaveChangesAsync(stop); // before the next one of this day comes to be
        }

        var run = latest is { State: ReconciliationState.Asked or ReconciliationState.Waiting } ? latest : Reconciliation.Ask(channel, day, null, now, latest);
        if (run != latest)
            unit.Reconciliations.Add(run);
        run.Begin(now);
        await unit.SaveChangesAsync(stop);
        return run.Id;
    }

    /// <summary>Notes how it ended, unless another process took it over meanwhile.</summary>
    private async Task<ReconciliationState?> EndAsync(long id, Action<Reconciliation> end)
    {
        return await writer.RunAsync(async (unit, token) =>
        {
            var run = await unit.Reconciliations.SingleAsync(run => run.Id == id, token);
            if (run.State != ReconciliationState.Running)
                return (ReconciliationState?)null;
            end(run);
            await unit.SaveChangesAsync(token);
            return run.State;
        }, CancellationToken.None);
    }
}
