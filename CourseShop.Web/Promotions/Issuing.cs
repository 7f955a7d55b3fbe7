using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Promotions;

/// <summary>What claiming and redeeming share.</summary>
internal static class Issuing
{
    /// <summary>Within a unit: counts what the shopper has had of it, and lets the coupon decide.</summary>
    public static async Task<Outcome<IssuedCoupon>> IssueAsync(this ShopDb unit, Coupon coupon, long userId, DateTimeOffset now, CancellationToken stop)
    {
        var alreadyIssued = await unit.IssuedCoupons.CountAsync(issued => issued.CouponId == coupon.Id && issued.UserId == userId, stop);
        var issued = coupon.IssueTo(userId, alreadyIssued, now);
        if (issued.Value is not { } taken)
            return issued;
        unit.Add(taken);
        await unit.SaveChangesAsync(stop);
        return taken;
    }
}
