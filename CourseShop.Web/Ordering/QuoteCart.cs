using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Pricing;
using CourseShop.Promotions;

namespace CourseShop.Ordering;

/// <summary>A coupon of the shopper's as the confirm page lists it.</summary>
/// <param name="Coupon">Which.</param>
/// <param name="Obstacle">Why it can't be used for these courses; null when it can.</param>
/// <param name="Discount">What it would take off.</param>
public sealed record CouponOffer(IssuedCoupon Coupon, Refusal? Obstacle, Money Discount);

/// <summary>What the confirm page shows.</summary>
public sealed record CheckoutView(Quote Quote, IReadOnlyList<CouponOffer> Coupons, IReadOnlyList<LeftOut> LeftOut, int CreditsOwned);

/// <summary>Prices a selection with what the shopper chose; nothing is kept.</summary>
public sealed class QuoteCart(ShopDb db, PricingRules rules, TimeProvider clock)
{
    public async Task<CheckoutView> RunAsync(long userId, CheckoutSelection selection, CheckoutChoices choices, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var basket = await Basket.ReadAsync(db, userId, selection, null, now, stop);
        var quote = basket.Quote(choices, rules, now);
        var plain = basket.Quote(new CheckoutChoices(null, 0), rules, now);
        var offers = basket.Coupons.Select(coupon => Offer(coupon, plain))
            .OrderBy(offer => offer.Obstacle is null ? 0 : 1).ThenByDescending(offer => offer.Discount).ToList();
        return new CheckoutView(quote, offers, basket.LeftOut, basket.CreditsOwned);
    }

    private static CouponOffer Offer(IssuedCoupon coupon, Quote plain)
    {
        var discount = CouponDiscount.For(coupon.Coupon, plain.Lines);
        return new CouponOffer(coupon, discount.Obstacle, discount.Total);
    }
}
