using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

public sealed class LateMoneyTests(Chromium chromium) : Journey(chromium)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(16);

    [BrowserFact]
    public Task Money_that_comes_late_still_opens_the_course() => TellAsync(Device.Phone, async visitor =>
    {
        var number = await OverdueOrderAsync(visitor);
        Assert.Equal(IssuedCouponStatus.Available, await CouponAsync());
        await PayLateAsync(visitor);

        await visitor.GoesToAsync($"/orders/{number}/result");
        await visitor.SeesHeadingAsync("您已成功购买 1 门课程");
        await visitor.GoesToAsync($"/orders/{number}");
        await visitor.SeesHeadingAsync("已支付");
        await visitor.SeesAsync("超时取消，优惠券和积分已退回");
        await visitor.SeesAsync("订单结束后收到付款，课程已补开");
        Assert.Equal(IssuedCouponStatus.Used, await CouponAsync());
        await visitor.PressesAsync("去学习");
        await visitor.SeesAsync("下一节");
    });

    [BrowserFact]
    public Task Money_that_comes_late_for_what_was_bought_otherwise_goes_back() => TellAsync(Device.Phone, async visitor =>
    {
        var number = await OverdueOrderAsync(visitor);
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await SubmitAsync(visitor);
        await PayAsync(visitor, courses: 1);
        await PayLateAsync(visitor);

        await visitor.GoesToAsync($"/orders/{number}/result");
        await visitor.SeesHeadingAsync("订单已超时取消");
        await visitor.SeesAsync("订单结束以后收到了您的付款 ¥206.10。课程已经不能按这个订单开通，这笔钱正在原路退回");
        await visitor.GoesToAsync($"/orders/{number}");
        await visitor.SeesHeadingAsync("超时取消");
        await visitor.SeesAsync("订单结束后收到付款，自动退款");

        await Shop.InScopeAsync<SendRefunds, int>(send => send.RunAsync(CancellationToken.None));
        await visitor.GoesToAsync($"/orders/{number}/result");
        await visitor.SeesAsync("不能用于这个订单的付款 ¥206.10 已经原路退回");
    });

    /// <summary>Led to Alipay, and left there until the time was over.</summary>
    private async Task<string> OverdueOrderAsync(Visitor visitor)
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        var number = await SubmitAsync(visitor);
        await visitor.PressesAsync("去支付");
        await visitor.SeesAsync("付款账户");

        await Shop.LetPassAsync(TooLong);
        await visitor.GoesToAsync($"/orders/{number}/pay");
        await visitor.SeesHeadingAsync("订单已超时取消");
        await visitor.SeesAsync("优惠券和积分已退回");
        return number;
    }

    private async Task PayLateAsync(Visitor visitor)
    {
        await visitor.GoesToAsync("/alipay-simulator");
        await visitor.PressesAsync("付款时迟到");
        await visitor.SeesAsync("已付款");
        await Shop.DeliverNotificationsAsync();
    }

    private Task<IssuedCouponStatus> CouponAsync() => Shop.ReadAsync(async db =>
    {
        var shopper = await db.Users.Where(user => user.UserName == "shopper").Select(user => user.Id).SingleAsync();
        return await db.IssuedCoupons.Where(issued => issued.UserId == shopper && issued.Coupon.Name == "新人九折").Select(issued => issued.Status).SingleAsync();
    });
}
