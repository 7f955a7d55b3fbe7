using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>
/// The one settlement for every way in which a payment becomes known: return, notification, query, sweeper. Idempotent and atomic:
/// the payment is recorded and what it bought is delivered, or nothing happened.
/// </summary>
public sealed class SettlePayment(ShopWriter writer, IEnumerable<IPaymentReceiver> receivers, TimeProvider clock)
{
    /// <summary>Settles what a gateway said of a trade, in a unit of its own.</summary>
    /// <param name="trade">From an answer whose signature, app and seller were checked.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public Task<NotificationVerdict> RunAsync(GatewayTrade trade, CancellationToken stop) =>
        writer.RunAsync(async (db, token) =>
        {
            var verdict = await ApplyAsync(db, trade, token);
            await db.SaveChangesAsync(token);
            return verdict;
        }, stop);

    /// <summary>The same within a unit that saves other things too.</summary>
    internal async Task<NotificationVerdict> ApplyAsync(ShopDb db, GatewayTrade trade, CancellationToken stop)
    {
        await receivers.TakeTurnAsync(db, db.Payments.Where(payment => payment.OutTradeNo == trade.OutTradeNo), stop);
        var now = clock.GetUtcNow();
        var payments = await db.Payments.Where(payment => payment.OutTradeNo == trade.OutTradeNo).ToListAsync(stop);
        if (payments.Find(payment => !payment.IsExtra) is not { } attempt)
            return NotificationVerdict.UnknownNumber;
        if (payments.Find(payment => payment.TradeNo == trade.TradeNo) is { } known)
            return await CompareRefundsAsync(db, known, trade, stop);
        if (!trade.WasPaid)
            return EndUnpaid(attempt, trade, now);

        var payment = attempt.HasMoney ? attempt.Extra(now) : attempt;
        if (payment.IsExtra)
            db.Payments.Add(payment);
        var status = await DecideAsync(db, payment, trade, now, stop);
        payment.Receive(trade, status, now);
        if (status is PaymentStatus.Late or PaymentStatus.Second)
            db.Refunds.Add(payment.SendBack(now));
        return status switch
        {
            PaymentStatus.Settled => NotificationVerdict.Settled,
            PaymentStatus.Late => NotificationVerdict.Late,
            PaymentStatus.Second => NotificationVerdict.Second,
            _ => NotificationVerdict.Held,
        };
    }

    /// <summary>What went back of money that is booked: no more than we sent, or staff hear of it.</summary>
    private static async Task<NotificationVerdict> CompareRefundsAsync(ShopDb db, Payment known, GatewayTrade trade, CancellationToken stop)
    {
        if (trade.WentBack.IsZero)
            return NotificationVerdict.NothingToDo;
        var sent = await db.Refunds.Where(refund => refund.PaymentId == known.Id && refund.Status != RefundStatus.Refused).Select(refund => refund.Amount).ToListAsync(stop);
        return trade.WentBack > sent.Aggregate(known.AlreadyRefunded, (sum, amount) => sum + amount) ? NotificationVerdict.RefundElsewhere : NotificationVerdict.NothingToDo;
    }

    /// <summary>A trade that ended unpaid closes the attempt, never what it was for.</summary>
    private static NotificationVerdict EndUnpaid(Payment attempt, GatewayTrade trade, DateTimeOffset now)
    {
        if (trade.Status == GatewayTradeStatus.Closed)
            attempt.Close(now);
        return NotificationVerdict.NothingToDo;
    }

    /// <summary>Another amount, or money that went back before we knew of it, waits for staff; else what it was for decides.</summary>
    private async Task<PaymentStatus> DecideAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop)
    {
        var receiver = receivers.Single(candidate => candidate.Purpose == payment.Purpose);
        if (trade.Amount != payment.Amount || !trade.Refunded.IsZero || trade.Status == GatewayTradeStatus.Closed)
        {
            await receiver.NoteHeldAsync(db, payment, trade, now, stop);
            return PaymentStatus.Held;
        }

        return await receiver.ReceiveAsync(db, payment, trade.TradeNo, now, stop) switch
        {
            Receipt.Delivered => PaymentStatus.Settled,
            Receipt.TooLate => PaymentStatus.Late,
            _ => PaymentStatus.Second,
        };
    }
}
