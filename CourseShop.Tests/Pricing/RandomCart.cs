using CourseShop.Common;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pricing;

/// <summary>A cart as it might come: any prices, any campaigns, any coupon, any wish for credits.</summary>
internal sealed record RandomCart(IReadOnlyList<QuoteItem> Items, IReadOnlyList<Campaign> Campaigns, QuoteChoices Choices, PricingRules Rules)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    public Quote Quote() => CourseShop.Pricing.Quote.For(Items, Campaigns, Choices, Rules, Now);

    public static RandomCart From(Random random)
    {
        var items = Enumerable.Range(1, random.Next(1, 9))
            .Select(course => new QuoteItem(course, random.Next(1, 4), $"课程{course}", "/covers/x.svg", random.Pick(0, random.Next(0, 500), 1_000_000), course * 10, random.Pick<int?>(null, 30, 365), new Money(random.Fen()))).ToList();
        var campaigns = Enumerable.Range(1, random.Next(0, 6)).Select(id => SomeCampaign(random, id, items.Count)).ToList();
        var rules = new PricingRules { CreditsPerYuan = random.Pick(1, 10, 20, 100), AllowCouponWithCredits = random.Next(2) == 0 };
        var choices = new QuoteChoices(random.Next(3) == 0 ? null : SomeCoupon(random), random.Pick(0, -5, random.Next(0, 2000), int.MaxValue), random.Pick(0, random.Next(0, 3000), int.MaxValue));
        return new RandomCart(items, campaigns, choices, rules);
    }

    private static Campaign SomeCampaign(Random random, long id, int courses)
    {
        var starts = Now.AddHours(random.Pick(-48, -1, 0, 1));
        var campaign = new Campaign($"活动{id}", random.Pick(Enum.GetValues<CampaignKind>()), starts, starts.AddHours(random.Pick(1, 24, 72))).With(nameof(Campaign.Id), id);
        var tiers = Enumerable.Range(1, random.Next(0, 4)).Select(_ => new CampaignTier(new Money(random.Fen()), new Money(random.Fen()))).ToList();
        return campaign.Taking(random.Next(0, 10_001), new Money(random.Fen()), tiers, random.Next(3) == 0 ? new Money(random.Fen()) : Money.Zero)
            .On(Enumerable.Range(1, courses).Where(_ => random.Next(2) == 0).Select(course => (long)course))
            .With(nameof(Campaign.IsHidden), random.Next(8) == 0);
    }

    private static IssuedCoupon SomeCoupon(Random random)
    {
        var scope = random.Pick(Enum.GetValues<CouponScope>());
        var coupon = new Coupon("券", random.Pick(Enum.GetValues<CouponKind>()), scope, random.Pick(Enum.GetValues<CouponBase>()))
            .Worth(new Money(random.Fen()), random.Next(0, 10_001), random.Next(2) == 0 ? new Money(random.Fen()) : null, random.Next(2) == 0 ? new Money(random.Fen()) : Money.Zero, [1, 3, 5]);
        return new IssuedCoupon(1, 1, Now.AddDays(-10), Now.AddMinutes(random.Pick(-1, 0, 1, 5, 60)))
            .With(nameof(IssuedCoupon.Status), random.Pick(IssuedCouponStatus.Available, IssuedCouponStatus.Available, IssuedCouponStatus.Available, IssuedCouponStatus.Held, IssuedCouponStatus.Used))
            .With(nameof(IssuedCoupon.Coupon), coupon);
    }
}
