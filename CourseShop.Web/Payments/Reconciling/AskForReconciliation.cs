using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Staff want a day compared, for the first time or again. The worker does it; pressed twice, it is done once.</summary>
public sealed class AskForReconciliation(ShopWriter writer, TimeProvider clock, ILogger<AskForReconciliation> log)
{
    private const int YearsKept = 6;

    /// <summary>Refuses days without a bill, and a day that somebody is at.</summary>
    /// <param name="day">Beijing's calendar day.</param>
    /// <param name="staffId">Who asks.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    /// <param name="channel">Whose bill.</param>
    public Task<Outcome<Done>> RunAsync(DateOnly day, long staffId, CancellationToken stop, PaymentChannel channel = PaymentChannel.Alipay) => writer.RunAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow();
        if (!Reconciliation.CanBeHad(day, now))
            return new Refusal("这一天还没有过完，账单要到第二天上午才有");
        if (day < now.BeijingDay().AddYears(-YearsKept))
            return new Refusal("支付宝只保留最近六年的账单");

        await db.TakeTurnAsync(Turn.OfBill((int)channel, day), token);
        var latest = await db.Reconciliations.Of(channel, day).OrderByDescending(run => run.Id).FirstOrDefaultAsync(token);
        if (latest is { State: ReconciliationState.Running } && !latest.IsAbandoned(now))
            return new Refusal("这一天正在对账，请等它做完");
        if (latest is { State: ReconciliationState.Waiting })
            latest.AskAgain(staffId, now);
        else if (latest?.IsUnderWay != true)
            db.Reconciliations.Add(Reconciliation.Ask(channel, day, staffId, now, latest));
        await db.SaveChangesAsync(token);
        log.LogInformation("Staff {StaffId} asks for the reconciliation of {Day}", staffId, day);
        return (Outcome<Done>)new Done();
    }, stop);
}
