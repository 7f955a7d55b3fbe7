using Bunit;
using CourseShop.Common;
using CourseShop.Components;

namespace CourseShop.Tests.Components;

public sealed class SumsTests : ComponentTests
{
    [Fact]
    public void It_shows_every_column_in_the_order_in_which_it_is_taken_off() => Assert.Equal(
        ["课程原价", "¥300.00", "活动优惠", "−¥30.00", "优惠券", "−¥20.00", "积分抵扣（100）", "−¥10.00", "应付", "¥240.00"], Cells(30, 20, 100, 10, 240));

    [Fact]
    public void What_takes_nothing_off_is_left_out() => Assert.Equal(["课程原价", "¥300.00", "应付", "¥300.00"], Cells(0, 0, 0, 0, 300));

    [Fact]
    public void Nothing_to_pay_is_free() => Assert.Equal(["课程原价", "¥300.00", "活动优惠", "−¥300.00", "应付", "免费"], Cells(300, 0, 0, 0, 0));

    [Fact]
    public void What_was_paid_is_called_paid() => Assert.Contains("实付", Cells(0, 0, 0, 0, 300, isPaid: true));

    private IEnumerable<string> Cells(int campaign, int coupon, int credits, int creditDiscount, int total, bool isPaid = false) => Render<Sums>(parameters => parameters
        .Add(sums => sums.ListTotal, Money.Yuan(300)).Add(sums => sums.CampaignDiscount, Money.Yuan(campaign)).Add(sums => sums.CouponDiscount, Money.Yuan(coupon))
        .Add(sums => sums.Credits, credits).Add(sums => sums.CreditDiscount, Money.Yuan(creditDiscount)).Add(sums => sums.Total, Money.Yuan(total)).Add(sums => sums.IsPaid, isPaid))
        .FindAll("dt, dd").Select(Text);
}
