using System.Text.RegularExpressions;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Journeys;

public sealed partial class UnpaidTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task Cancelling_gives_back_coupon_and_credits_and_the_course_can_be_bought_again() => TellAsync(Device.Phone, async visitor =>
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await visitor.SeesTotalAsync("¥206.10");
        await SubmitAsync(visitor);
        await CancelAsync(visitor);

        await visitor.GoesToAsync("/orders");
        await visitor.SeesAsync("已取消");
        await visitor.PressesAsync("再次购买");
        await visitor.PressesAsync("立即购买");
        await visitor.SeesTotalAsync("¥206.10");
        await visitor.PressesAsync("使用最多积分");
        await visitor.SeesTotalAsync("¥209.00");
        await SubmitAsync(visitor);
        await visitor.PressesAsync("去支付");
        await visitor.SeesAsync("付款账户");
        var atAlipay = visitor.Path;
        await visitor.PressesAsync("取消");
        await CancelAsync(visitor);
        await visitor.GoesToAsync(atAlipay);
        await visitor.SeesAsync("这笔交易已被商家关闭");

        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await visitor.SeesAsync("您有 3000 积分");
        await visitor.SeesTotalAsync("¥206.10");
        await SubmitAsync(visitor);
        await PayAsync(visitor, courses: 1);
    });

    /// <summary>The browser has its own clock: both are moved.</summary>
    [BrowserTheory]
    [InlineData(Device.Phone)]
    [InlineData(Device.Desktop)]
    public Task When_the_time_is_over_the_cashier_moves_on_by_itself(Device device) => TellAsync(device, async visitor =>
    {
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await SubmitAsync(visitor);
        await visitor.SeesAsync("内完成支付");

        Shop.Clock.Advance(TimeSpan.FromMinutes(15));
        await visitor.Page.Clock.FastForwardAsync("15:00");
        await visitor.SeesHeadingAsync("支付结果确认中");
        await visitor.SeesAsync("暂未收到您的付款");

        await Shop.LetPassAsync(TimeSpan.FromSeconds(1));
        await visitor.Page.Clock.FastForwardAsync("00:03");
        await visitor.IsAtAsync(Result());
        await visitor.SeesHeadingAsync("订单已超时取消");
    });

    private static async Task CancelAsync(Visitor visitor)
    {
        await visitor.Page.Locator("summary", new() { HasText = "取消订单" }).ClickAsync();
        await visitor.PressesAsync("确认取消");
        await visitor.SeesHeadingAsync("订单已取消");
        await visitor.SeesAsync("优惠券和积分已退回");
    }

    [GeneratedRegex(@"/orders/\d+/result$", RegexOptions.None, 1000)]
    private static partial Regex Result();
}
