namespace CourseShop.Promotions;

public static class PromotionScopes
{
    public static IQueryable<Campaign> Running(this IQueryable<Campaign> campaigns, DateTimeOffset now) =>
        campaigns.Where(campaign => !campaign.IsHidden && campaign.StartsAt <= now && now < campaign.EndsAt);

    public static IQueryable<IssuedCoupon> UsableBy(this IQueryable<IssuedCoupon> coupons, long userId, DateTimeOffset now) =>
        coupons.Where(issued => issued.UserId == userId && issued.Status == IssuedCouponStatus.Available && issued.ExpiresAt > now);

    public static IQueryable<CreditEntry> OwnedBy(this IQueryable<CreditEntry> entries, long userId) => entries.Where(entry => entry.UserId == userId);
}
