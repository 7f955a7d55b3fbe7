using CourseShop.Data;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>Ends an order unpaid: the attempts are closed, the coupon and the credits go back, once.</summary>
internal static class OrderEnding
{
    /// <summary>False when it is not awaiting payment any more, or when an attempt is open that the gateway was not asked about.</summary>
    public static async Task<bool> EndAsync(ShopDb db, Order order, IReadOnlyCollection<long> closedAtGateway, OrderStatus ending, DateTimeOffset now, CancellationToken stop)
    {
        if (order.Status != OrderStatus.AwaitingPayment)
            return false;
        var payments = await db.Payments.OfOrder(order.Number).ToListAsync(stop);
        if (payments.Exists(payment => payment.Status == PaymentStatus.Opened && !closedAtGateway.Contains(payment.Id)))
            return false;

        payments.ForEach(payment => payment.Close(now));
        if (ending == OrderStatus.Cancelled)
            order.Cancel(now);
        else
            order.TimeOut(now);
        if (order.IssuedCouponId is { } couponId)
            (await db.IssuedCoupons.SingleAsync(issued => issued.Id == couponId, stop)).Release();
        if (order.Credits > 0)
            db.CreditEntries.Add(CreditEntry.Release(order.UserId, order.Credits, order.Number, now));
        return true;
    }
}
