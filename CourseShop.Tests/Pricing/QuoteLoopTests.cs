using CourseShop.Common;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pricing;

/// <summary>What holds for every cart, whatever is in it. The expected values are reckoned a second time here, in decimals.</summary>
public sealed class QuoteLoopTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void The_columns_add_up_and_nothing_is_below_zero() => ForRandomCarts((cart, quote) =>
    {
        Assert.Equal(cart.Items, quote.Lines.Select(line => line.Item));
        foreach (var line in quote.Lines)
        {
            Assert.Equal(line.Price, line.ListPrice - line.CampaignDiscount);
            Assert.Equal(line.Amount, line.Price - line.CouponShare - line.CreditShare);
            Assert.All([line.ListPrice, line.CampaignDiscount, line.Price, line.CouponShare, line.CreditShare, line.Amount], money => Assert.True(money >= Money.Zero, $"{line}"));
        }

        Assert.Equal(Sum(quote, line => line.Amount), quote.Total.Fen);
        Assert.Equal(Sum(quote, line => line.ListPrice), quote.ListTotal.Fen);
        Assert.Equal(quote.Total, quote.ListTotal - quote.CampaignDiscount - quote.CouponDiscount - quote.CreditDiscount);
        Assert.Equal(quote.Saved, quote.ListTotal - quote.Total);
    });

    [Fact]
    public void The_same_cart_gives_the_same_quote() => ForRandomCarts((cart, quote) =>
    {
        var again = cart.Quote();

        Assert.Equal(quote.Lines, again.Lines);
        Assert.Equal(quote.Total, again.Total);
        Assert.Equal(quote.CouponObstacle?.Key, again.CouponObstacle?.Key);
    });

    [Fact]
    public void Every_line_has_the_one_campaign_that_is_best_for_the_shopper() => ForRandomCarts((cart, quote) =>
    {
        foreach (var line in quote.Lines)
        {
            var open = cart.Campaigns.Where(campaign => !campaign.IsHidden && campaign.StartsAt <= RandomCart.Now && campaign.EndsAt > RandomCart.Now
                && campaign.Courses.Any(course => course.CourseId == line.CourseId) && campaign.MinimumPrice <= line.ListPrice).ToList();
            var least = open.Select(campaign => Reckon(campaign, line.ListPrice.Fen)).Append(line.ListPrice.Fen).Min();

            Assert.Equal(least, line.Price.Fen);
            Assert.Equal(least == line.ListPrice.Fen, line.CampaignName is null);
            if (line.CampaignName is { } name)
            {
                var best = open.Where(campaign => Reckon(campaign, line.ListPrice.Fen) == least).ToList();
                Assert.Contains(name, best.Select(campaign => campaign.Name));
                Assert.Equal(best.Max(campaign => campaign.EndsAt), line.CampaignEndsAt);
            }
        }
    });

    [Fact]
    public void A_coupon_takes_exactly_what_its_terms_say_and_only_from_lines_in_scope_without_a_campaign() => ForRandomCarts((cart, quote) =>
    {
        if (cart.Choices.Coupon is not { } issued)
        {
            Assert.Equal(Money.Zero, quote.CouponDiscount);
            Assert.Null(quote.CouponObstacle);
            return;
        }

        var coupon = issued.Coupon;
        var eligible = quote.Lines.Where(line => line.CampaignName is null && coupon.IsInScope(line.CourseId, line.Item.CategoryId)).ToList();
        var prices = eligible.Select(line => line.Price.Fen).DefaultIfEmpty(0).ToList();
        var @base = coupon.Base == CouponBase.Subtotal ? prices.Sum() : prices.Max();
        var isUsed = issued.Status == IssuedCouponStatus.Available && RandomCart.Now < issued.ExpiresAt && @base > 0 && @base >= coupon.Threshold.Fen;
        var worth = coupon.Kind == CouponKind.Amount
            ? Math.Min(coupon.Amount.Fen, @base)
            : Math.Min(HalfUp(@base * (10_000 - coupon.PayBasisPoints) / 10_000m), coupon.Cap?.Fen ?? long.MaxValue);

        Assert.Equal(isUsed, quote.Coupon is not null);
        Assert.Equal(isUsed, quote.CouponObstacle is null);
        Assert.Equal(isUsed ? worth : 0, quote.CouponDiscount.Fen);
        Assert.All(quote.Lines.Except(eligible), line => Assert.Equal(Money.Zero, line.CouponShare));
        if (isUsed && coupon.Base == CouponBase.DearestCourse)
            Assert.All(quote.Lines.Where(line => !line.CouponShare.IsZero), line => Assert.Equal(@base, line.Price.Fen));
        if (isUsed && coupon.Base == CouponBase.Subtotal)
            Assert.All(eligible, line => Assert.True(Math.Abs(line.CouponShare.Fen - ((decimal)worth * line.Price.Fen / @base)) < 1));
    });

    [Fact]
    public void Credits_stay_within_every_limit_and_are_whole() => ForRandomCarts((cart, quote) =>
    {
        foreach (var line in quote.Lines)
        {
            Assert.InRange(line.Credits, 0, line.Item.MaxCredits);
            Assert.Equal(line.Credits * (100 / cart.Rules.CreditsPerYuan), line.CreditShare.Fen);
            Assert.True(line.CreditShare <= line.Price - line.CouponShare);
        }

        var room = quote.Lines.Sum(line => Math.Min(line.Item.MaxCredits, (line.Price - line.CouponShare).Fen * cart.Rules.CreditsPerYuan / 100));
        var most = Math.Min(room, cart.Choices.CreditsOwned);
        var isExclusive = quote.Coupon is not null && !cart.Rules.AllowCouponWithCredits;
        Assert.Equal(isExclusive ? 0 : Math.Clamp(cart.Choices.Credits, 0, most), quote.Credits);
        Assert.True(quote.Credits <= quote.MostCredits && quote.MostCredits <= cart.Choices.CreditsOwned);
        if (!isExclusive)
            Assert.Equal(most, quote.MostCredits);
    });

    [Fact]
    public void The_most_credits_can_really_be_used() => ForRandomCarts((cart, quote) =>
    {
        var asked = cart with { Choices = cart.Choices with { Coupon = cart.Rules.AllowCouponWithCredits ? cart.Choices.Coupon : null, Credits = quote.MostCredits } };

        Assert.Equal(quote.MostCredits, asked.Quote().Credits);
    });

    private static void ForRandomCarts(Action<RandomCart, Quote> check) => Seeds.ForEach(Rounds, random =>
    {
        var cart = RandomCart.From(random);
        check(cart, cart.Quote());
    });

    private static long Reckon(Campaign campaign, long fen) => campaign.Kind switch
    {
        CampaignKind.Free => 0,
        CampaignKind.Percent => HalfUp(fen * campaign.PayBasisPoints / 10_000m),
        CampaignKind.Reduction => Math.Max(0, fen - campaign.Reduction.Fen),
        _ => Math.Max(0, fen - campaign.Tiers.Where(tier => tier.Threshold.Fen <= fen).Select(tier => tier.Off.Fen).Append(0).Max()),
    };

    private static long HalfUp(decimal fen) => (long)Math.Floor(fen + 0.5m);

    private static long Sum(Quote quote, Func<QuoteLine, Money> column) => quote.Lines.Sum(line => column(line).Fen);
}
