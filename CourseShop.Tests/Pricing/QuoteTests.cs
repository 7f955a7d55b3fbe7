using System.Globalization;
using CourseShop.Common;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pricing;

public sealed class QuoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);
    private static readonly PricingRules Rules = new();

    [Fact]
    public void Without_a_campaign_the_list_price_is_paid()
    {
        var quote = Price([Course(1, "199.00")]);

        Assert.Equal(Yuan("199.00"), quote.Total);
        Assert.Null(quote.Lines[0].CampaignName);
    }

    [Fact]
    public void A_discount_of_0_82_makes_199_into_163_18()
    {
        var quote = Price([Course(1, "199.00")], [Percent(8200).On([1])]);

        Assert.Equal(Yuan("163.18"), quote.Total);
        Assert.Equal(Yuan("35.82"), quote.CampaignDiscount);
        Assert.Equal("限时折扣", quote.Lines[0].CampaignName);
    }

    [Theory]
    [InlineData("99.99", "99.99")]
    [InlineData("100.00", "90.00")]
    [InlineData("199.99", "189.99")]
    [InlineData("200.00", "175.00")]
    [InlineData("1000.00", "975.00")]
    public void Tiers_are_judged_by_the_price_of_the_chosen_term(string listPrice, string price) =>
        Assert.Equal(Yuan(price), Price([Course(1, listPrice)], [Tiers((100, 10), (200, 25)).On([1])]).Total);

    [Theory]
    [InlineData("50.00", "20.00", "30.00")]
    [InlineData("20.00", "20.00", "0.00")]
    [InlineData("10.00", "20.00", "0.00")]
    public void A_reduction_never_goes_below_nothing(string listPrice, string off, string price) =>
        Assert.Equal(Yuan(price), Price([Course(1, listPrice)], [Reduction(off).On([1])]).Total);

    [Fact]
    public void A_free_campaign_costs_nothing_and_says_so()
    {
        var line = Price([Course(1, "199.00")], [Campaign(CampaignKind.Free).On([1])]).Lines[0];

        Assert.Equal(Money.Zero, line.Amount);
        Assert.True(line.IsFreeCampaign);
    }

    [Fact]
    public void A_course_that_is_free_anyway_needs_no_campaign()
    {
        var line = Price([Course(1, "0.00")], [Campaign(CampaignKind.Free).On([1])]).Lines[0];

        Assert.Null(line.CampaignName);
        Assert.False(line.IsFreeCampaign);
    }

    [Fact]
    public void Of_two_campaigns_the_line_takes_the_better_one_and_never_both()
    {
        var quote = Price([Course(1, "300.00")], [Percent(9000).On([1]), Reduction("50.00").On([1])]);

        Assert.Equal(Yuan("250.00"), quote.Total);
        Assert.Equal("限时减免", quote.Lines[0].CampaignName);
    }

    [Fact]
    public void A_term_below_the_minimum_price_does_not_take_part()
    {
        var campaign = Campaign(CampaignKind.Percent).Taking(5000, Money.Zero, [], Yuan("100.00")).On([1, 2]);

        var quote = Price([Course(1, "99.99"), Course(2, "100.00")], [campaign]);

        Assert.Equal([Yuan("99.99"), Yuan("50.00")], quote.Lines.Select(line => line.Price));
    }

    [Fact]
    public void A_campaign_runs_from_its_first_moment_to_just_before_its_last()
    {
        var campaign = Percent(5000).On([1]);

        Assert.Equal([Yuan("100.00"), Yuan("50.00"), Yuan("50.00"), Yuan("100.00")],
            new[] { campaign.StartsAt.AddTicks(-1), campaign.StartsAt, campaign.EndsAt.AddTicks(-1), campaign.EndsAt }
                .Select(moment => Quote.For([Course(1, "100.00")], [campaign], QuoteChoices.None, Rules, moment).Total));
    }

    [Fact]
    public void A_coupon_is_spread_over_the_lines_to_the_fen()
    {
        var quote = Price([Course(1, "199.00"), Course(2, "299.00"), Course(3, "99.00")], coupon: Worth("100.00"));

        Assert.Equal([3333, 5009, 1658], quote.Lines.Select(line => line.CouponShare.Fen));
        Assert.Equal(Yuan("497.00"), quote.Total);
    }

    [Fact]
    public void A_coupon_on_the_dearest_course_leaves_the_others_alone()
    {
        var quote = Price([Course(1, "99.00"), Course(2, "299.00"), Course(3, "199.00")], coupon: Worth("60.00", @base: CouponBase.DearestCourse));

        Assert.Equal([0, 6000, 0], quote.Lines.Select(line => line.CouponShare.Fen));
    }

    [Fact]
    public void A_coupon_on_the_dearest_course_compares_its_threshold_with_that_course()
    {
        var quote = Price([Course(1, "99.00"), Course(2, "99.00"), Course(3, "99.00")], coupon: Worth("60.00", "200.00", CouponBase.DearestCourse));

        Assert.Equal("差 ¥101.00 可用", Text(quote.CouponObstacle));
    }

    [Fact]
    public void A_threshold_that_is_missed_says_by_how_much()
    {
        var quote = Price([Course(1, "280.00")], coupon: Worth("30.00", "300.00"));

        Assert.Equal("差 ¥20.00 可用", Text(quote.CouponObstacle));
        Assert.Null(quote.Coupon);
        Assert.Equal(Yuan("280.00"), quote.Total);
    }

    [Fact]
    public void A_threshold_that_is_just_reached_is_reached() => Assert.Equal(Yuan("270.00"), Price([Course(1, "300.00")], coupon: Worth("30.00", "300.00")).Total);

    [Fact]
    public void There_is_no_discount_upon_a_discount()
    {
        var quote = Price([Course(1, "300.00"), Course(2, "100.00")], [Percent(9000).On([1])], Worth("500.00"));

        Assert.Equal([Yuan("270.00"), Money.Zero], quote.Lines.Select(line => line.Amount));
        Assert.Equal("已享活动价的课程不能再用优惠券", Text(Price([Course(1, "300.00")], [Percent(9000).On([1])], Worth("500.00")).CouponObstacle));
    }

    [Fact]
    public void Promoted_lines_do_not_help_to_reach_the_threshold() =>
        Assert.Equal("差 ¥200.00 可用", Text(Price([Course(1, "300.00"), Course(2, "100.00")], [Percent(9000).On([1])], Worth("30.00", "300.00")).CouponObstacle));

    [Fact]
    public void A_coupon_for_other_courses_says_so()
    {
        var forCourse = Worth("30.00", scope: CouponScope.Courses, ids: [9]);
        var forCategory = Worth("30.00", scope: CouponScope.Categories, ids: [9]);

        Assert.Equal("不适用于所选课程", Text(Price([Course(1, "300.00")], coupon: forCourse).CouponObstacle));
        Assert.Equal("不适用于所选课程", Text(Price([Course(1, "300.00")], coupon: forCategory).CouponObstacle));
        Assert.Equal(Yuan("270.00"), Price([Course(9, "300.00")], coupon: forCourse).Total);
        Assert.Equal(Yuan("270.00"), Price([Course(1, "300.00", category: 9)], coupon: forCategory).Total);
    }

    [Fact]
    public void A_course_that_is_free_anyway_has_nothing_for_a_coupon_to_take_off() =>
        Assert.Equal("不适用于所选课程", Text(Price([Course(1, "0.00")], coupon: Worth("30.00")).CouponObstacle));

    [Fact]
    public void A_percent_coupon_is_rounded_half_up_and_capped()
    {
        var tenPercentOff = Issued(new Coupon("九折券", CouponKind.Percent, CouponScope.All, CouponBase.Subtotal).Worth(Money.Zero, 9000, Yuan("50.00"), Money.Zero, []));

        Assert.Equal(Yuan("0.01"), Price([Course(1, "0.05")], coupon: tenPercentOff).CouponDiscount);
        Assert.Equal(Money.Zero, Price([Course(1, "0.04")], coupon: tenPercentOff).CouponDiscount);
        Assert.Equal(Yuan("50.00"), Price([Course(1, "900.00")], coupon: tenPercentOff).CouponDiscount);
    }

    [Fact]
    public void An_amount_is_capped_at_what_there_is_to_pay()
    {
        var quote = Price([Course(1, "19.00"), Course(2, "1.00")], coupon: Worth("100.00"));

        Assert.Equal(Money.Zero, quote.Total);
        Assert.Equal(Yuan("20.00"), quote.CouponDiscount);
    }

    [Theory]
    [InlineData(IssuedCouponStatus.Available, 0)]
    [InlineData(IssuedCouponStatus.Available, -1)]
    [InlineData(IssuedCouponStatus.Held, 60)]
    [InlineData(IssuedCouponStatus.Used, 60)]
    public void A_coupon_that_is_expired_held_or_used_is_refused(IssuedCouponStatus status, int minutesLeft)
    {
        var coupon = Worth("30.00").With(nameof(IssuedCoupon.Status), status).With(nameof(IssuedCoupon.ExpiresAt), Now.AddMinutes(minutesLeft));

        var quote = Price([Course(1, "300.00")], coupon: coupon);

        Assert.Equal("优惠券已被使用或已过期", Text(quote.CouponObstacle));
        Assert.Null(quote.Coupon);
        Assert.Equal(Yuan("300.00"), quote.Total);
    }

    [Fact]
    public void Ten_credits_are_worth_one_yuan_up_to_each_courses_limit()
    {
        var quote = Price([Course(1, "199.00", credits: 300), Course(2, "299.00", credits: 0), Course(3, "5.05", credits: 300)], credits: 1000, owned: 1000);

        Assert.Equal([300, 0, 50], quote.Lines.Select(line => line.Credits));
        Assert.Equal(Yuan("35.00"), quote.CreditDiscount);
        Assert.Equal(Yuan("0.05"), quote.Lines[2].Amount);
        Assert.Equal(350, quote.MostCredits);
    }

    [Fact]
    public void Nobody_uses_more_credits_than_they_own()
    {
        var quote = Price([Course(1, "199.00", credits: 300)], credits: 300, owned: 120);

        Assert.Equal(120, quote.Credits);
        Assert.Equal(120, quote.MostCredits);
    }

    [Fact]
    public void A_debt_of_credits_is_no_balance()
    {
        var quote = Price([Course(1, "199.00", credits: 300)], credits: 300, owned: -50);

        Assert.Equal((0, 0), (quote.Credits, quote.MostCredits));
    }

    [Fact]
    public void A_coupon_and_credits_exclude_each_other()
    {
        var quote = Price([Course(1, "199.00", credits: 300)], coupon: Worth("30.00"), credits: 100, owned: 1000);

        Assert.Equal(0, quote.Credits);
        Assert.Equal(Yuan("169.00"), quote.Total);
        Assert.Equal(300, quote.MostCredits); // what could be used instead
    }

    [Fact]
    public void A_coupon_that_is_refused_leaves_room_for_credits() =>
        Assert.Equal(100, Price([Course(1, "199.00", credits: 300)], coupon: Worth("30.00", "500.00"), credits: 100, owned: 1000).Credits);

    [Fact]
    public void Where_both_are_allowed_the_coupon_goes_first()
    {
        var both = new PricingRules { AllowCouponWithCredits = true };

        var quote = Quote.For([Course(1, "40.00", credits: 300)], [], new QuoteChoices(Worth("30.00"), 300, 1000), both, Now);

        Assert.Equal(Yuan("30.00"), quote.CouponDiscount);
        Assert.Equal(100, quote.Credits); // only ¥10.00 is left to pay
        Assert.Equal(Money.Zero, quote.Total);
    }

    [Fact]
    public void An_empty_cart_costs_nothing()
    {
        var quote = Price([], coupon: Worth("30.00"), credits: 100, owned: 1000);

        Assert.Equal(Money.Zero, quote.Total);
        Assert.Null(quote.Coupon);
        Assert.Equal(0, quote.Credits);
    }

    private static Quote Price(IReadOnlyList<QuoteItem> items, IReadOnlyCollection<Campaign>? campaigns = null, IssuedCoupon? coupon = null, int credits = 0, int owned = 0) =>
        Quote.For(items, campaigns ?? [], new QuoteChoices(coupon, credits, owned), Rules, Now);

    private static QuoteItem Course(long id, string listPrice, long category = 1, int credits = 0) => new(id, category, $"课程{id}", "/covers/x.svg", credits, id * 10, null, Yuan(listPrice));

    private static Campaign Campaign(CampaignKind kind)
    {
        var name = kind switch { CampaignKind.Free => "限时免费", CampaignKind.Percent => "限时折扣", CampaignKind.Reduction => "限时减免", _ => "满减" };
        return new Campaign(name, kind, Now.AddDays(-1), Now.AddDays(1));
    }

    private static Campaign Percent(int payBasisPoints) => Campaign(CampaignKind.Percent).Taking(payBasisPoints, Money.Zero, [], Money.Zero);

    private static Campaign Reduction(string off) => Campaign(CampaignKind.Reduction).Taking(10_000, Yuan(off), [], Money.Zero);

    private static Campaign Tiers(params (long Threshold, long Off)[] steps) =>
        Campaign(CampaignKind.Tiers).Taking(10_000, Money.Zero, [.. steps.Select(step => new CampaignTier(Money.Yuan(step.Threshold), Money.Yuan(step.Off)))], Money.Zero);

    private static IssuedCoupon Worth(string amount, string threshold = "0.00", CouponBase @base = CouponBase.Subtotal, CouponScope scope = CouponScope.All, params long[] ids) =>
        Issued(new Coupon("券", CouponKind.Amount, scope, @base).Worth(Yuan(amount), 10_000, null, Yuan(threshold), ids));

    private static IssuedCoupon Issued(Coupon coupon) => new IssuedCoupon(1, 1, Now.AddDays(-1), Now.AddDays(1)).With(nameof(IssuedCoupon.Coupon), coupon);

    private static Money Yuan(string yuan) => Money.TryParseYuan(yuan, out var money) ? money : throw new FormatException(yuan);

    private static string? Text(Refusal? refusal) => refusal is null ? null : string.Format(CultureInfo.InvariantCulture, refusal.Key, refusal.Arguments);
}
