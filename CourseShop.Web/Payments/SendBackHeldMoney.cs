using CourseShop.Common;
using CourseShop.Data;

namespace CourseShop.Payments;

/// <summary>Staff send money back that fits nothing. Pressed twice, or by two of them, it goes back once.</summary>
public sealed class SendBackHeldMoney(ShopWriter writer, IEnumerable<IPaymentReceiver> receivers, TimeProvider clock, ILogger<SendBackHeldMoney> log)
{
    internal static readonly Refusal NotHeld = new("这笔付款不在待处理的状态，可能已经有人处理了");

    /// <summary>Refuses payments that are not held, and those whose refund was begun.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="staffId">Who decided.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public Task<Outcome<Done>> RunAsync(long paymentId, long staffId, CancellationToken stop) => writer.RunAsync(async (db, token) =>
    {
        await receivers.TakeTurnAsync(db, db.Payments.Where(payment => payment.Id == paymentId), token);
        if (await db.HeldPaymentAsync(paymentId, token) is not { } payment)
            return NotHeld;

        if (payment.Remaining.IsZero)
            payment.Return();
        else
            db.Refunds.Add(payment.SendBack(clock.GetUtcNow()));
        await db.SaveChangesAsync(token);
        log.LogInformation("Staff {StaffId} sends back held payment {OutTradeNo}", staffId, payment.OutTradeNo);
        return (Outcome<Done>)new Done();
    }, stop);
}
