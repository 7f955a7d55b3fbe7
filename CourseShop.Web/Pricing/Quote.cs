using CourseShop.Common;
using CourseShop.Promotions;

namespace CourseShop.Pricing;

/// <summary>What a shopper chose on top of the courses.</summary>
/// <param name="Coupon">One of the shopper's own coupons; null for none.</param>
/// <param name="Credits">Credits to use; 0 for none.</param>
/// <param name="CreditsOwned">The shopper's balance.</param>
public sealed record QuoteChoices(IssuedCoupon? Coupon, int Credits, int CreditsOwned)
{
    /// <summary>Neither coupon nor credits.</summary>
    public static QuoteChoices None { get; } = new(null, 0, 0);
}

/// <summary>
/// The price of a set of courses: the one place where prices are made. Pure: the same input gives the same output. All in fen.
/// Per line ListPrice − CampaignDiscount = Price and Price − CouponShare − CreditShare = Amount; Total = Σ Amount; nothing is below zero.
/// </summary>
public sealed class Quote
{
    private Quote(IReadOnlyList<QuoteLine> lines, IssuedCoupon? coupon, Refusal? couponObstacle, int mostCredits)
    {
        Lines = lines;
        Coupon = coupon;
        CouponObstacle = couponObstacle;
        MostCredits = mostCredits;
    }

    /// <summary>In the order given.</summary>
    public IReadOnlyList<QuoteLine> Lines { get; }

    /// <summary>The coupon that is used; null when none was chosen or it can't be used.</summary>
    public IssuedCoupon? Coupon { get; }

    /// <summary>Why the chosen coupon is not used.</summary>
    public Refusal? CouponObstacle { get; }

    /// <summary>The most credits that could be used here (使用最多积分).</summary>
    public int MostCredits { get; }

    /// <summary>商品总额.</summary>
    public Money ListTotal => Sum(line => line.ListPrice);

    /// <summary>活动优惠.</summary>
    public Money CampaignDiscount => Sum(line => line.CampaignDiscount);

    /// <summary>优惠券.</summary>
    public Money CouponDiscount => Sum(line => line.CouponShare);

    /// <summary>积分抵扣.</summary>
    public Money CreditDiscount => Sum(line => line.CreditShare);

    /// <summary>应付.</summary>
    public Money Total => Sum(line => line.Amount);

    /// <summary>已优惠: everything that came off.</summary>
    public Money Saved => ListTotal - Total;

    /// <summary>Credits used, whole.</summary>
    public int Credits => Lines.Sum(line => line.Credits);

    /// <summary>Prices the items: campaign first, then the coupon, then credits. A coupon and credits together only where the rules allow; else the coupon wins.</summary>
    /// <param name="items">Courses with their chosen terms.</param>
    /// <param name="campaigns">Any campaigns.</param>
    /// <param name="choices">Coupon and credits.</param>
    /// <param name="rules">What a credit is worth, and whether it goes with a coupon.</param>
    /// <param name="now">UTC.</param>
    public static Quote For(IReadOnlyList<QuoteItem> items, IReadOnlyCollection<Campaign> campaigns, QuoteChoices choices, PricingRules rules, DateTimeOffset now)
    {
        IReadOnlyList<QuoteLine> lines = items.Select(item => Promote(item, campaigns, now)).ToList();

        var discount = Judge(choices.Coupon, lines, now);
        if (discount is { Obstacle: null })
            lines = lines.Select((line, index) => line with { CouponShare = new Money(discount.Shares[index]) }).ToList();
        var coupon = discount is { Obstacle: null } ? choices.Coupon : null;

        var mayUseCredits = coupon is null || rules.AllowCouponWithCredits;
        var deduction = CreditDeduction.For(lines, mayUseCredits ? choices.Credits : 0, choices.CreditsOwned, rules);
        lines = lines.Select((line, index) => line with
        {
            Credits = deduction.PerLine[index],
            CreditShare = new Money(deduction.PerLine[index] * rules.FenPerCredit),
        }).ToList();

        return new Quote(lines, coupon, discount?.Obstacle, mayUseCredits ? deduction.Most : CreditsWithoutCoupon(lines, choices, rules));
    }

    private static QuoteLine Promote(QuoteItem item, IReadOnlyCollection<Campaign> campaigns, DateTimeOffset now)
    {
        var price = CampaignPrice.Best(item.ListPrice, item.CourseId, campaigns, now);
        return new(item, price.Price, price.Campaign?.Name, price.Campaign?.EndsAt, price.Campaign?.Kind == CampaignKind.Free, Money.Zero, 0, Money.Zero);
    }

    private static CouponDiscount? Judge(IssuedCoupon? coupon, IReadOnlyList<QuoteLine> lines, DateTimeOffset now)
    {
        if (coupon is null)
            return null;
        return coupon.IsUsable(now)
            ? Pricing.CouponDiscount.For(coupon.Coupon, lines)
            : new CouponDiscount(new long[lines.Count], new Refusal("优惠券已被使用或已过期"));
    }

    private static int CreditsWithoutCoupon(IReadOnlyList<QuoteLine> lines, QuoteChoices choices, PricingRules rules) =>
        CreditDeduction.For(lines.Select(line => line with { CouponShare = Money.Zero }).ToList(), 0, choices.CreditsOwned, rules).Most;

    private Money Sum(Func<QuoteLine, Money> column) => Lines.Aggregate(Money.Zero, (sum, line) => sum + column(line));
}
