using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>
/// Books money that came for an order. One that awaits it is paid; one that ended is revived when everything in it can still be given;
/// one that is paid keeps its first money, and the second goes back.
/// </summary>
public sealed class OrderPayments : IPaymentReceiver
{
    public PaymentPurpose Purpose => PaymentPurpose.Order;

    public Task TakeTurnAsync(ShopDb db, string number, CancellationToken stop) => db.Orders.Where(order => order.Number == number).TakeTurnOfOwnerAsync(db, stop);

    public async Task<Receipt> ReceiveAsync(ShopDb db, Payment payment, string tradeNo, DateTimeOffset now, CancellationToken stop)
    {
        var order = await OrderAsync(db, payment, stop);
        if (payment.Status == PaymentStatus.Held)
            order.Note(OrderEventKind.HeldMoneyAccepted, now, tradeNo);
        if (order.Status == OrderStatus.AwaitingPayment)
        {
            await OrderDelivery.DeliverAsync(db, order, tradeNo, now, stop);
            return Receipt.Delivered;
        }

        if (!order.Status.EndedUnpaid())
        {
            order.Note(OrderEventKind.SecondMoney, now, tradeNo);
            return Receipt.AlreadyPaid;
        }

        if (!await CanReviveAsync(db, order, now, stop))
        {
            order.Note(OrderEventKind.LateMoney, now, tradeNo);
            return Receipt.TooLate;
        }

        await TakeAgainAsync(db, order, now, stop);
        await OrderDelivery.DeliverAsync(db, order, tradeNo, now, stop);
        return Receipt.Delivered;
    }

    public async Task NoteHeldAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop) =>
        (await OrderAsync(db, payment, stop)).Note(OrderEventKind.HeldMoney, now, trade.TradeNo);

    public async Task NoteRefundedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        var order = await OrderAsync(db, refund.Payment, stop);
        if (refund.Cause == RefundCause.TakenBack)
            await OrderReturn.CompleteAsync(db, order, await OrderRefundAsync(db, refund, stop), now, stop);
        else
            order.Note(OrderEventKind.MoneyReturned, now, refund.RefundNumber);
    }

    public async Task NoteRefusedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        if (refund.Cause == RefundCause.TakenBack)
            (await OrderRefundAsync(db, refund, stop)).Fail(refund.LastCode, now);
        (await OrderAsync(db, refund.Payment, stop)).Note(OrderEventKind.RefundFailed, now, refund.RefundNumber);
    }

    private static Task<OrderRefund> OrderRefundAsync(ShopDb db, Refund refund, CancellationToken stop) =>
        db.OrderRefunds.Include(taken => taken.Lines).SingleAsync(taken => taken.Number == refund.RefundNumber, stop);

    private static Task<Order> OrderAsync(ShopDb db, Payment payment, CancellationToken stop) =>
        db.Orders.Include(order => order.Lines).SingleAsync(order => order.Number == payment.PurposeNumber, stop);

    /// <summary>Nothing of it is owned or being bought otherwise, and its coupon and credits can be taken again.</summary>
    private static async Task<bool> CanReviveAsync(ShopDb db, Order order, DateTimeOffset now, CancellationToken stop)
    {
        var courseIds = order.Lines.Select(line => line.CourseId).ToList();
        var grants = await db.Enrollments.OwnedBy(order.UserId).Live(now).Where(grant => courseIds.Contains(grant.CourseId)).ToListAsync(stop);
        if (courseIds.Exists(course => !AccessPeriod.Of(grants.Where(grant => grant.CourseId == course), now).CanTake))
            return false;
        if (await db.Orders.OwnedBy(order.UserId).AwaitingPayment().AnyAsync(other => other.Lines.Any(line => courseIds.Contains(line.CourseId)), stop))
            return false;
        if (order.IssuedCouponId is { } couponId && !(await db.IssuedCoupons.SingleAsync(issued => issued.Id == couponId, stop)).IsUsable(now))
            return false;
        return order.Credits == 0 || await db.CreditEntries.OwnedBy(order.UserId).SumAsync(entry => (long)entry.Amount, stop) >= order.Credits;
    }

    private static async Task TakeAgainAsync(ShopDb db, Order order, DateTimeOffset now, CancellationToken stop)
    {
        if (order.IssuedCouponId is { } couponId)
            (await db.IssuedCoupons.SingleAsync(issued => issued.Id == couponId, stop)).HoldFor(order.Number);
        if (order.Credits > 0)
            db.CreditEntries.Add(CreditEntry.HoldAgain(order.UserId, order.Credits, order.Number, now));
    }
}
