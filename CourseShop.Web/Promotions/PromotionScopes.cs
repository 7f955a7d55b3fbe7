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

    public static IQueryable<CreditEntry> OwnedBy(this IQueryable<CreditEntry> entries, long userId) => entries.Where(entry => entry.UserId == userId);
}
