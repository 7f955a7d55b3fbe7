using CourseShop.Pricing;

namespace CourseShop.Ordering;

/// <summary>What is checked out: the ticked rows of the cart, or (立即购买) one course that leaves the cart alone.</summary>
/// <param name="CourseId">Null: the cart.</param>
/// <param name="TermId">Null: the term that the course's card shows.</param>
public sealed record CheckoutSelection(long? CourseId, long? TermId)
{
    public static CheckoutSelection Cart { get; } = new(null, null);

    public bool IsCart => CourseId is null;
}

/// <summary>What the shopper chose on the confirm page.</summary>
/// <param name="CouponId">An issued coupon of theirs.</param>
/// <param name="Credits">How many to use.</param>
public sealed record CheckoutChoices(long? CouponId, int Credits)
{
    /// <summary>One order uses a coupon or credits: what was chosen last clears the other, unless the rules allow both.</summary>
    /// <param name="before">What stood on the page before this choice.</param>
    /// <param name="rules">Whether both may stand.</param>
    public CheckoutChoices After(CheckoutChoices before, PricingRules rules)
    {
        if (rules.AllowCouponWithCredits || CouponId is null || Credits <= 0)
            return this;
        return CouponId == before.CouponId && Credits != before.Credits ? this with { CouponId = null } : this with { Credits = 0 };
    }
}
