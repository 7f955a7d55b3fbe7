using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Promotions;

public sealed class CouponTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_issued_to_a_shopper_and_counted()
    {
        var coupon = Welcome();

        var issued = coupon.IssueTo(7, alreadyIssued: 0, Now).Value!;

        Assert.Equal((7, Now, IssuedCouponStatus.Available), (issued.UserId, issued.IssuedAt, issued.Status));
        Assert.Equal(1, coupon.IssuedCount);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void A_shopper_gets_as_many_as_the_limit_per_user_allows(int alreadyIssued, bool isIssued)
    {
        var coupon = Welcome(perUser: 2);

        var outcome = coupon.IssueTo(7, alreadyIssued, Now);

        Assert.Equal(isIssued ? null : "您已经领取过这张优惠券了", outcome.Refusal?.Key);
        Assert.Equal(isIssued ? 1 : 0, coupon.IssuedCount);
    }

    [Fact]
    public void When_all_are_given_out_there_are_no_more()
    {
        var coupon = Welcome(total: 2);

        var outcomes = Enumerable.Range(1, 4).Select(user => coupon.IssueTo(user, 0, Now).Refusal?.Key).ToList();

        Assert.Equal([null, null, "这张优惠券已经领完了", "这张优惠券已经领完了"], outcomes);
        Assert.Equal(2, coupon.IssuedCount);
    }

    [Fact]
    public void A_hidden_one_is_not_issued() =>
        Assert.Equal("这张优惠券已经结束发放", Welcome().With(nameof(Coupon.IsHidden), true).IssueTo(7, 0, Now).Refusal?.Key);

    [Fact]
    public void It_ends_with_its_date()
    {
        Assert.Equal("这张优惠券已经结束发放", Welcome(until: Now).IssueTo(7, 0, Now).Refusal?.Key);
        Assert.Equal(Now.AddTicks(1), Welcome(until: Now.AddTicks(1)).IssueTo(7, 0, Now).Value?.ExpiresAt);
    }

    [Fact]
    public void It_expires_days_after_it_was_issued_or_at_its_date_whichever_comes_first()
    {
        Assert.Equal(Now.AddDays(7), Welcome(days: 7).IssueTo(7, 0, Now).Value?.ExpiresAt);
        Assert.Equal(Now.AddDays(7), Welcome(days: 7, until: Now.AddDays(8)).IssueTo(7, 0, Now).Value?.ExpiresAt);
        Assert.Equal(Now.AddDays(6), Welcome(days: 7, until: Now.AddDays(6)).IssueTo(7, 0, Now).Value?.ExpiresAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100_000)]
    [InlineData(int.MaxValue)]
    public void Without_an_end_that_anybody_lives_to_see_it_holds_for_ten_years(int? days) =>
        Assert.Equal(Now.AddYears(10), Welcome(days).IssueTo(7, 0, Now).Value?.ExpiresAt);

    [Fact]
    public void Its_scope_is_everything_or_categories_or_courses()
    {
        Assert.True(Scoped(CouponScope.All).IsInScope(courseId: 1, categoryId: 1));
        Assert.True(Scoped(CouponScope.Courses, 5).IsInScope(courseId: 5, categoryId: 1));
        Assert.False(Scoped(CouponScope.Courses, 5).IsInScope(courseId: 1, categoryId: 5));
        Assert.True(Scoped(CouponScope.Categories, 5).IsInScope(courseId: 1, categoryId: 5));
        Assert.False(Scoped(CouponScope.Categories, 5).IsInScope(courseId: 5, categoryId: 1));
        Assert.False(Scoped(CouponScope.Courses).IsInScope(courseId: 1, categoryId: 1));
    }

    [Theory]
    [InlineData("welcome", "WELCOME")]
    [InlineData(" Wel come ", "WELCOME")]
    [InlineData("ｗｅｌ\u3000ｃｏｍｅ", "WELCOME")]
    [InlineData("wel\u200bcome", "WELCOME")]
    [InlineData("新人2026", "新人2026")]
    [InlineData("", "")]
    public void A_code_is_compared_without_case_blanks_and_width(string typed, string code) => Assert.Equal(code, Coupon.NormaliseCode(typed));

    [Fact]
    public void A_code_is_kept_as_it_is_compared() => Assert.Equal("NEW1", Welcome().Issuing(null, null, null, 1, true, " new1 ").Code);

    private static Coupon Welcome(int? days = null, DateTimeOffset? until = null, int? total = null, int perUser = 1) =>
        new Coupon("新人券", CouponKind.Amount, CouponScope.All, CouponBase.Subtotal).Issuing(days, until, total, perUser, isClaimable: true, code: null);

    private static Coupon Scoped(CouponScope scope, params long[] ids) =>
        new Coupon("券", CouponKind.Amount, scope, CouponBase.Subtotal).Worth(default, 10_000, null, default, ids);
}
