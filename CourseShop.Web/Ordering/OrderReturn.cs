using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Payments;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>How lines of an order are taken back: the money is sent first; once it went, access ends, credits and coupon come back, all in one unit.</summary>
internal static class OrderReturn
{
    /// <summary>Starts what was decided. Where no money is in it, all of it is done at once. The order has its lines.</summary>
    /// <returns>The money's refund, for whoever sends it; null where there is none.</returns>
    public static async Task<Refund?> StartAsync(ShopDb db, Order order, OrderRefund refund, DateTimeOffset now, CancellationToken stop)
    {
        order.Note(OrderEventKind.RefundStarted, now, refund.Number);
        if (refund.Money.IsZero)
        {
            await CompleteAsync(db, order, refund, now, stop);
            return null;
        }

        var payment = await db.Payments.OfOrder(order.Number).SingleAsync(payment => payment.Status == PaymentStatus.Settled, stop);
        var money = payment.StartRefund(refund.Money, RefundCause.TakenBack, refund.Number, now);
        db.Refunds.Add(money);
        return money;
    }

    /// <summary>The money went back, or there was none.</summary>
    public static async Task CompleteAsync(ShopDb db, Order order, OrderRefund refund, DateTimeOffset now, CancellationToken stop)
    {
        var lineIds = refund.Lines.Select(line => line.OrderLineId).ToList();
        refund.Complete(now);
        order.TakeBack(lineIds, refund.Number, now);

        var grants = await db.Enrollments.OwnedBy(order.UserId).Where(grant => grant.RevokedAt == null).ToListAsync(stop);
        foreach (var grant in grants.Where(grant => grant.OrderLineId is { } line && lineIds.Contains(line)).ToList())
            End(grant, grants, now);
        foreach (var line in order.Lines.Where(line => line.Credits > 0 && lineIds.Contains(line.Id)))
            db.CreditEntries.Add(CreditEntry.Refund(order.UserId, line.Credits, order.Number, line.Id, now));
        if (order.Status == OrderStatus.Refunded && order.IssuedCouponId is { } couponId)
            (await db.IssuedCoupons.SingleAsync(issued => issued.Id == couponId, stop)).ComeBack(now);
    }

    /// <summary>Terms that were appended to the one that ends move up by what was left of it: nobody loses time that stays paid.</summary>
    private static void End(Enrollment grant, List<Enrollment> all, DateTimeOffset now)
    {
        var left = grant.Revoke(now);
        foreach (var later in all.Where(other => other.CourseId == grant.CourseId && other.RevokedAt is null && other.StartsAt >= grant.EndsAt))
            later.MoveUp(left);
    }
}
