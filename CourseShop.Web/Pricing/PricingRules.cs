namespace CourseShop.Pricing;

/// <summary>The section <c>Pricing</c> of the settings.</summary>
public sealed class PricingRules
{
    /// <summary>How many credits are worth ¥1; must divide 100, so that a credit is a whole number of fen.</summary>
    public int CreditsPerYuan { get; set; } = 10;

    /// <summary>Whether one order may use a coupon and credits; the coupon goes first.</summary>
    public bool AllowCouponWithCredits { get; set; }

    /// <summary>One credit in fen.</summary>
    public long FenPerCredit => 100 / CreditsPerYuan;
}
