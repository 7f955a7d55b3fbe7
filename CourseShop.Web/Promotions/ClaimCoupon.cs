using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Promotions;

/// <summary>领取: takes a coupon out of the coupon centre.</summary>
public sealed class ClaimCoupon(ShopWriter writer, TimeProvider clock)
{
    public Task<Outcome<IssuedCoupon>> RunAsync(long userId, long couponId, CancellationToken stop) =>
        writer.RunAsync((unit, token) => ClaimAsync(unit, userId, couponId, token), stop);

    private async Task<Outcome<IssuedCoupon>> ClaimAsync(ShopDb unit, long userId, long couponId, CancellationToken stop) =>
        await unit.IssueAsync(unit.Coupons.Where(coupon => coupon.Id == couponId && coupon.IsClaimable && !coupon.IsHidden), userId, clock.GetUtcNow(), stop)
        ?? new Refusal("这张优惠券已经结束发放");
}
