using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Promotions;

/// <summary>What claiming and redeeming share.</summary>
internal static class Issuing
{
    /// <summary>Within a unit: counts what the shopper has had of it, and lets the coupon decide. Null when there is no such coupon.</summary>
    /// <param name="unit">The unit's database.</param>
    /// <param name="wanted">One coupon at most.</param>
    /// <param name="userId">Who wants it.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<Outcome<IssuedCoupon>?> IssueAsync(this ShopDb unit, IQueryable<Coupon> wanted, long userId, DateTimeOffset now, CancellationToken stop)
    {
        if (await wanted.Select(coupon => (long?)coupon.Id).SingleOrDefaultAsync(stop) is not { } id)
            return null;
        await unit.TakeTurnAsync(Turn.OfShopper(userId), stop);
        await unit.TakeTurnAsync(Turn.OfCoupon(id), stop);
        if (await wanted.SingleOrDefaultAsync(stop) is not { } coupon)
            return null;
        var alreadyIssued = await unit.IssuedCoupons.CountAsync(issued => issued.CouponId == coupon.Id && issued.UserId == userId, stop);
        var issued = coupon.IssueTo(userId, alreadyIssued, now);
        if (issued.Value is not { } taken)
            return issued;
        unit.Add(taken);
        await unit.SaveChangesAsync(stop);
        return taken;
    }
}
