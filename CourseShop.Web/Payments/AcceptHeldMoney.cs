using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>Staff let held money count as what was asked for; what is more than that goes back. Pressed twice, or by two of them, it counts once.</summary>
public sealed class AcceptHeldMoney(ShopWriter writer, IEnumerable<IPaymentReceiver> receivers, TimeProvider clock, ILogger<AcceptHeldMoney> log)
{
    /// <summary>Refuses payments that are not held or are going back, money that is less than was asked for, and money for what can't be given any more.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="staffId">Who decided.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public Task<Outcome<Done>> RunAsync(long paymentId, long staffId, CancellationToken stop) => writer.RunAsync((db, token) => AcceptAsync(db, paymentId, staffId, token), stop);

    private async Task<Outcome<Done>> AcceptAsync(ShopDb db, long paymentId, long staffId, CancellationToken stop)
    {
        await receivers.TakeTurnAsync(db, db.Payments.Where(payment => payment.Id == paymentId), stop);
        if (await db.HeldPaymentAsync(paymentId, stop) is not { } payment)
            return SendBackHeldMoney.NotHeld;
        if (payment.Remaining < payment.Amount)
            return new Refusal("收到的 {0} 少于应付的 {1}，订单的价格已经固定，不能收下；请原路退回，让买家重新付款", payment.Remaining, payment.Amount);

        var now = clock.GetUtcNow();
        var receipt = await receivers.Single(candidate => candidate.Purpose == payment.Purpose).ReceiveAsync(db, payment, payment.TradeNo!, now, stop);
        if (receipt != Receipt.Delivered)
            return receipt == Receipt.AlreadyPaid ? new Refusal("订单已经付过款，这笔钱只能原路退回") : new Refusal("订单里的课程已经不能再开通，这笔钱只能原路退回");

        if (payment.Accept(now) is { } surplus)
            db.Refunds.Add(surplus);
        await db.SaveChangesAsync(stop);
        log.LogInformation("Staff {StaffId} accepts held payment {OutTradeNo}", staffId, payment.OutTradeNo);
        return new Done();
    }
}
