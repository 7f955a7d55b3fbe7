namespace CourseShop.Promotions;

public static class PromotionScopes
{
    public static IQueryable<Campaign> Running(this IQueryable<Campaign> campaigns, DateTimeOffset now) =>
        campaigns.Where(campaign => !campaign.IsHidden && campaign.StartsAt <= now && now < campaign.EndsAt);

    /// <summary>Running now, or from soon on: a page that is kept until then must know when it changes.</summary>
    public static IQueryable<Campaign> RunningBy(this IQueryable<Campaign> campaigns, DateTimeOffset now, DateTimeOffset soon) =>
        campaigns.Where(campaign => !campaign.IsHidden && campaign.StartsAt <= soon && now < campaign.EndsAt);

    public static IQueryable<IssuedCoupon> UsableBy(this IQueryable<IssuedCoupon> coupons, long userId, DateTimeOffset now) =>
        coupons.Where(issued => issued.UserId == userId && issued.Status == IssuedCouponStatus.Available && issued.ExpiresAt > now);

    public static IQueryable<IssuedCoupon> OwnedBy(this IQueryable<IssuedCoupon> coupons, long userId) => coupons.Where(issued => issued.UserId == userId);

    /// <summary>Usable now, or held by an order that awaits payment and may give it back.</summary>
    public static IQueryable<IssuedCoupon> InHand(this IQueryable<IssuedCoupon> coupons, DateTimeOffset now) =>
        coupons.Where(issued => issued.Status == IssuedCouponStatus.Held || (issued.Status == IssuedCouponStatus.Available && issued.ExpiresAt > now));

    public static IQueryable<IssuedCoupon> Used(this IQueryable<IssuedCoupon> coupons) => coupons.Where(issued => issued.Status == IssuedCouponStatus.Used);

    public static IQueryable<IssuedCoupon> Expired(this IQueryable<IssuedCoupon> coupons, DateTimeOffset now) =>
        coupons.Where(issued => issued.Status == IssuedCouponStatus.Available && issued.ExpiresAt <= now);

    /// <summary>领券中心: what is offered there now, sold out or not.</summary>
    public static IQueryable<Coupon> Offered(this IQueryable<Coupon> coupons, DateTimeOffset now) =>
        coupons.Where(coupon => coupon.IsClaimable && !coupon.IsHidden && (coupon.ValidUntil == null || coupon.ValidUntil > now));

    public static IQueryable<CreditEntry> OwnedBy(this IQueryable<CreditEntry> entries, long userId) => entries.Where(entry => entry.UserId == userId);
}
