using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CourseShop.Tests.Journeys;

public sealed class TwoTabsTests(Chromium chromium) : Journey(chromium)
{
    private const string Slug = "go-concurrency-in-practice";

    [BrowserFact]
    public Task The_same_course_in_a_second_tab_leads_to_the_first_order() => TellAsync(Device.Desktop, async visitor =>
    {
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignsInAsync();
        var second = await visitor.OpensTabAsync();
        await BuyNowAsync(visitor, Slug);
        await BuyNowAsync(second, Slug);
        var number = await SubmitAsync(visitor);

        Assert.Equal(number, await SubmitAsync(second));
        await second.SeesAsync("这门课程已经在这个待支付的订单里，请先支付或取消它");
        await PayAsync(visitor, courses: 1);
        await second.Page.Clock.FastForwardAsync("00:03");
        await second.SeesHeadingAsync("您已成功购买 1 门课程");
        Assert.Equal(1, await OrdersAsync());
    });

    [BrowserFact]
    public Task Going_back_after_paying_leads_forward_again() => TellAsync(Device.Phone, async visitor =>
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, Slug);
        await SubmitAsync(visitor);
        await PayAsync(visitor, courses: 1);

        await visitor.Page.GoBackAsync();
        await visitor.SeesAsync("这笔交易已经付过款，请勿重复付款");
        await visitor.Page.GoBackAsync();
        await visitor.SeesHeadingAsync("您已成功购买 1 门课程");
        await visitor.Page.GoBackAsync();
        await visitor.SeesAsync("您已经购买过当前课程，不需要重新购买了");
        Assert.Equal(1, await OrdersAsync());
    });

    [BrowserFact]
    public Task A_confirm_page_that_is_sent_again_makes_no_second_order() => TellAsync(Device.Desktop, async visitor =>
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, Slug);
        await visitor.Page.Locator("main form").EvaluateAsync("form => form.target = '_blank'"); // so that the page stays as it was

        var first = await SendsAsync(visitor);
        var number = new Uri(first.Url).AbsolutePath;
        var again = await SendsAsync(visitor);
        Assert.Equal(number, new Uri(again.Url).AbsolutePath);

        await again.GetByRole(AriaRole.Button, new() { Name = "去支付", Exact = true }).ClickAsync();
        await again.GetByRole(AriaRole.Button, new() { Name = "付款", Exact = true }).ClickAsync();
        await Assertions.Expect(again.GetByText("您已成功购买 1 门课程")).ToBeVisibleAsync();
        Assert.EndsWith("/result", (await SendsAsync(visitor)).Url, StringComparison.Ordinal);
        Assert.Equal(1, await OrdersAsync());
    });

    private static async Task<IPage> SendsAsync(Visitor visitor)
    {
        var opened = await visitor.Page.Context.RunAndWaitForPageAsync(() => visitor.PressesAsync("提交订单"));
        await opened.WaitForURLAsync(url => url.Contains("/orders/", StringComparison.Ordinal));
        return opened;
    }

    private Task<int> OrdersAsync() => Shop.ReadAsync(db => db.Orders.CountAsync());
}
