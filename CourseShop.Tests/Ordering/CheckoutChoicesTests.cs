using CourseShop.Ordering;
using CourseShop.Pricing;

namespace CourseShop.Tests.Ordering;

public sealed class CheckoutChoicesTests
{
    private static readonly CheckoutChoices Nothing = new(null, 0);

    [Fact]
    public void Choosing_a_coupon_clears_the_credits() => Assert.Equal(new(5, 0), new CheckoutChoices(5, 100).After(new(null, 100), new PricingRules()));

    [Fact]
    public void Choosing_credits_clears_the_coupon() => Assert.Equal(new(null, 100), new CheckoutChoices(5, 100).After(new(5, 0), new PricingRules()));

    [Fact]
    public void Of_two_choices_at_once_the_coupon_stays() => Assert.Equal(new(5, 0), new CheckoutChoices(5, 100).After(Nothing, new PricingRules()));

    [Fact]
    public void One_choice_alone_stands()
    {
        Assert.Equal(new(5, 0), new CheckoutChoices(5, 0).After(Nothing, new PricingRules()));
        Assert.Equal(new(null, 100), new CheckoutChoices(null, 100).After(Nothing, new PricingRules()));
        Assert.Equal(Nothing, Nothing.After(new(5, 0), new PricingRules()));
    }

    [Fact]
    public void Where_the_rules_allow_both_both_stand() =>
        Assert.Equal(new(5, 100), new CheckoutChoices(5, 100).After(new(5, 0), new PricingRules { AllowCouponWithCredits = true }));
}
