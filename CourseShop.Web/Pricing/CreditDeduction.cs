using CourseShop.Common;

namespace CourseShop.Pricing;

/// <summary>How many whole credits each line takes.</summary>
/// <param name="PerLine">Credits per line, in the lines' order.</param>
/// <param name="Most">The most that this order and this shopper can use.</param>
public sealed record CreditDeduction(IReadOnlyList<int> PerLine, int Most)
{
    /// <summary>All lines together.</summary>
    public int Total => PerLine.Sum();

    /// <summary>
    /// A line takes at most its course's limit and what is left of its price in whole credits; an order at most the sum and what the
    /// shopper owns. What is wanted is spread by largest remainder over those limits.
    /// </summary>
    /// <param name="lines">Lines after campaign and coupon.</param>
    /// <param name="wanted">Credits the shopper chose; more than possible means as many as possible; negative means none.</param>
    /// <param name="owned">The shopper's balance.</param>
    /// <param name="rules">What a credit is worth.</param>
    public static CreditDeduction For(IReadOnlyList<QuoteLine> lines, int wanted, int owned, PricingRules rules)
    {
        var limits = lines.Select(line => Math.Min(line.Item.MaxCredits, (line.Price - line.CouponShare).Fen / rules.FenPerCredit)).ToArray();
        var most = (int)Math.Min(limits.Sum(), Math.Max(0, owned));
        var used = Math.Clamp(wanted, 0, most);
        return new(LargestRemainder.Split(used, limits).Select(part => (int)part).ToArray(), most);
    }
}
