using CourseShop.Catalog;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>What a paid order brings: the order paid, its coupon used, a grant of access per line.</summary>
internal static class OrderDelivery
{
    /// <summary>For an order whose coupon and credits are held. Its lines are in the database already.</summary>
    public static async Task DeliverAsync(ShopDb db, Order order, string? tradeNo, DateTimeOffset now, CancellationToken stop)
    {
        order.MarkPaid(now);
        if (order.IssuedCouponId is { } couponId)
            (await db.IssuedCoupons.SingleAsync(issued => issued.Id == couponId, stop)).Use(now);

        var courseIds = order.Lines.Select(line => line.CourseId).ToList();
        var grants = await db.Enrollments.OwnedBy(order.UserId).Where(grant => courseIds.Contains(grant.CourseId)).ToListAsync(stop);
        foreach (var line in order.Lines)
            db.Enrollments.Add(Grant(order, line, AccessPeriod.Of(grants.Where(grant => grant.CourseId == line.CourseId), now), tradeNo, now));
        var newHere = courseIds.Except(grants.Select(grant => grant.CourseId)).ToList();
        await db.Courses.Where(course => newHere.Contains(course.Id)).ExecuteUpdateAsync(set => set.SetProperty(course => course.Learners, course => course.Learners + 1), stop);
    }

    private static Enrollment Grant(Order order, OrderLine line, AccessPeriod held, string? tradeNo, DateTimeOffset now)
    {
        var start = line.TermDays is null ? now : held.NextStart(now);
        var source = line is { IsFreeCampaign: true, Amount.IsZero: true } ? EnrollmentSource.FreeCampaign : EnrollmentSource.Purchase;
        return new Enrollment(order.UserId, line.CourseId, source, start, line.TermDays is { } days ? start.AddDays(days) : null).PaidWith(line.Id, tradeNo, now);
    }
}
