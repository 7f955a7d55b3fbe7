using CourseShop.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Journeys;

public sealed class CreditsTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task As_many_credits_as_possible_take_the_place_of_the_coupon() => TellAsync(Device.Desktop, async visitor =>
    {
        await visitor.SignsInAsync();
        await BuyNowAsync(visitor, "go-concurrency-in-practice");
        await visitor.SeesTotalAsync("¥206.10");
        await visitor.PressesAsync("使用最多积分");
        await visitor.SeesTotalAsync("¥209.00");
        await Expect(NoCoupon(visitor)).ToBeCheckedAsync();

        await visitor.Page.Locator("label.coupon", new() { HasText = "见面礼 15 元" }).ClickAsync();
        await visitor.SeesTotalAsync("¥214.00");
        await Expect(visitor.Page.Locator("#credits")).ToHaveValueAsync("0");

        await visitor.PressesAsync("使用最多积分");
        await visitor.SeesTotalAsync("¥209.00");
        var number = await SubmitAsync(visitor);
        await visitor.SeesAsync("¥209.00");
        await visitor.GoesToAsync("/account/credits");
        await visitor.SeesAsync("待支付订单占用");
        var row = visitor.Page.GetByRole(AriaRole.Row, new() { Name = number });
        await Expect(row).ToContainTextAsync("购物消费");
        await Expect(row).ToContainTextAsync("−200");
        await Expect(row).ToContainTextAsync("2,800");

        await visitor.GoesToAsync($"/orders/{number}/pay");
        await PayAsync(visitor, courses: 1);
        await visitor.GoesToAsync($"/orders/{number}");
        await visitor.SeesAsync("积分抵扣（200）");
        await visitor.SeesTotalAsync("¥209.00");
    });

    private static ILocator NoCoupon(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Radio, new() { Name = "不使用优惠券" });
}
