using CourseShop.AlipaySimulator;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Journeys;

/// <summary>Alipay took the money, and the buyer's browser never came back from there.</summary>
public sealed class LostNewsTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task A_notification_moves_the_cashier_on() => TellAsync(Device.Desktop, async visitor =>
    {
        var cashier = await PayWithoutReturnAsync(visitor);
        await Shop.DeliverNotificationsAsync();
        await cashier.Page.Clock.FastForwardAsync("00:03");
        await cashier.SeesHeadingAsync("您已成功购买 1 门课程");
    });

    [BrowserFact]
    public Task Where_no_notification_comes_either_the_shopper_says_so_and_Alipay_is_asked() => TellAsync(Device.Desktop, async visitor =>
    {
        var cashier = await PayWithoutReturnAsync(visitor);
        await cashier.PressesAsync("我已完成支付");
        await cashier.SeesHeadingAsync("您已成功购买 1 门课程");
    });

    [BrowserFact]
    public Task Who_says_so_without_having_paid_is_told_that_nothing_came() => TellAsync(Device.Phone, async visitor =>
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await SubmitAsync(visitor);
        await visitor.PressesAsync("去支付");
        await visitor.PressesAsync("取消");
        await visitor.PressesAsync("我已完成支付");
        await visitor.SeesAsync("暂未收到您的付款");
        await visitor.SeesHeadingAsync("订单已提交，请支付");
    });

    /// <summary>Leaves the cashier open in one tab and pays in another; yields the first.</summary>
    private async Task<Visitor> PayWithoutReturnAsync(Visitor visitor)
    {
        Shop.Service<SimulatorStore>().Save(new SwitchState(Switch.ReturnLost, 1, 0));
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        var number = await SubmitAsync(visitor);
        var alipay = await visitor.OpensTabAsync();
        await alipay.GoesToAsync($"/orders/{number}/pay");
        await alipay.PressesAsync("去支付");
        await alipay.PressesAsync("付款");
        await alipay.SeesAsync("付款成功");
        return visitor;
    }
}
