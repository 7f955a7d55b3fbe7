using CourseShop.Promotions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Promotions;

public sealed class IssuedCouponTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_order_holds_it_and_paying_uses_it()
    {
        var coupon = Issued();

        coupon.HoldFor("20261120");
        Assert.Equal((IssuedCouponStatus.Held, "20261120"), (coupon.Status, coupon.OrderNumber));

        coupon.Use(Now);
        Assert.Equal((IssuedCouponStatus.Used, "20261120", Now), (coupon.Status, coupon.OrderNumber, coupon.UsedAt));
    }

    [Fact]
    public void An_order_that_ends_gives_it_back_and_it_can_be_used_again()
    {
        var coupon = Issued();
        coupon.HoldFor("1");

        coupon.Release();

        Assert.Equal((IssuedCouponStatus.Available, null), (coupon.Status, coupon.OrderNumber));
        Assert.True(coupon.IsUsable(Now));
        coupon.HoldFor("2");
        Assert.Equal("2", coupon.OrderNumber);
    }

    [Fact]
    public void Every_other_move_is_a_broken_promise()
    {
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Held).HoldFor("2"));
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Used).HoldFor("2"));
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Available).Use(Now));
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Used).Use(Now));
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Available).Release());
        Assert.Throws<InvalidOperationException>(() => In(IssuedCouponStatus.Used).Release());
    }

    [Theory]
    [InlineData(IssuedCouponStatus.Available, 1, true)]
    [InlineData(IssuedCouponStatus.Available, 0, false)]
    [InlineData(IssuedCouponStatus.Held, 1, false)]
    [InlineData(IssuedCouponStatus.Used, 1, false)]
    public void It_is_usable_while_it_is_free_and_has_not_expired(IssuedCouponStatus status, int ticksLeft, bool isUsable) =>
        Assert.Equal(isUsable, In(status).IsUsable(Issued().ExpiresAt.AddTicks(-ticksLeft)));

    private static IssuedCoupon Issued() => new(1, 7, Now.AddDays(-1), Now.AddDays(6));

    private static IssuedCoupon In(IssuedCouponStatus status) => Issued().With(nameof(IssuedCoupon.Status), status);
}
