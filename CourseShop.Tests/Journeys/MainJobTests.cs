using System.Text.RegularExpressions;
using CourseShop.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Journeys;

public sealed partial class MainJobTests(Chromium chromium) : Journey(chromium)
{
    private const string PlayABit = """
        video => new Promise((done, fail) => {
          video.muted = true;
          video.ontimeupdate = () => video.currentTime > 0 && done(video.currentTime);
          video.onerror = () => fail(new Error(video.error.message));
          video.play().catch(fail);
        })
        """;

    [BrowserTheory]
    [InlineData(Device.Phone)]
    [InlineData(Device.Desktop)]
    public Task Two_courses_are_bought_with_a_coupon_and_learned(Device device) => TellAsync(device, BuyTwoAndLearnAsync);

    [BrowserFact]
    public Task All_of_it_works_without_scripts() => TellAsync(Device.Phone, BuyTwoAndLearnAsync, hasScripts: false);

    private async Task BuyTwoAndLearnAsync(Visitor visitor)
    {
        await visitor.GoesToAsync("/");
        await visitor.PressesAsync("挑一门课");
        await FindAsync(visitor, "Go 并发", "Go 并发实战：写得出，也停得下");
        await visitor.PressesAsync("加入购物车");
        await visitor.SeesAsync("已加入购物车");
        await FindAsync(visitor, "老代码", "老代码重构手册：在不停机的前提下把它一步步改好");
        await visitor.PressesAsync("加入购物车");
        await visitor.SeesInCartAsync(2);

        await visitor.ClicksAsync(visitor.Page.Locator("#cart-link"));
        await visitor.SeesHeadingAsync("购物车");
        await visitor.SeesAsync("¥588.00");
        await visitor.ClicksAsync(visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = Settle() }));
        await visitor.SeesHeadingAsync("登录");
        await visitor.SignsInAsync();

        await visitor.SeesHeadingAsync("确认订单");
        await visitor.SeesTotalAsync("¥528.00");
        await ChooseCouponAsync(visitor, "新人九折");
        await visitor.SeesTotalAsync("¥538.00");
        var number = await SubmitAsync(visitor);
        await visitor.SeesAsync("¥538.00");
        await PayAsync(visitor, courses: 2);

        await visitor.GoesToAsync("/orders");
        await visitor.SeesAsync(number);
        await visitor.SeesAsync("已支付");
        await visitor.PressesAsync("去学习");
        await LearnAsync(visitor);
        await visitor.SeesInCartAsync(0);
        await Shop.DeliverNotificationsAsync();
        Assert.All(Shop.Service<CourseShop.AlipaySimulator.SimulatorStore>().LatestNotifications(9), notification => Assert.True(notification.IsAcknowledged));
    }

    private static async Task FindAsync(Visitor visitor, string words, string title)
    {
        var search = visitor.Page.GetByRole(AriaRole.Combobox).First;
        await search.FillAsync(words);
        await search.PressAsync("Enter");
        await visitor.PressesAsync(title);
        await visitor.SeesHeadingAsync(title);
    }

    /// <summary>Without scripts a choice is sent by a button.</summary>
    private static async Task ChooseCouponAsync(Visitor visitor, string name)
    {
        await visitor.Page.Locator("label.coupon", new() { HasText = name }).ClickAsync();
        var update = visitor.Page.Locator("noscript").GetByRole(AriaRole.Button, new() { Name = "重新计算" });
        if (await update.CountAsync() > 0)
            await visitor.ClicksAsync(update);
    }

    /// <summary>The first lesson plays, and another is read.</summary>
    private static async Task LearnAsync(Visitor visitor)
    {
        var video = visitor.Page.Locator("video");
        await Expect(video).ToBeVisibleAsync();
        if (visitor.HasScripts)
            Assert.True(await video.EvaluateAsync<double>(PlayABit) > 0);
        else
            Assert.True((await visitor.Page.APIRequest.GetAsync((await video.GetAttributeAsync("src"))!)).Ok); // nobody is told when it plays
        await visitor.ClicksAsync(visitor.Page.Locator(".outline details[open] li:has(use[href='/icons.svg#book']) a").First);
        await Expect(visitor.Page.Locator("article .prose")).ToBeVisibleAsync();
        await Expect(video).ToHaveCountAsync(0);
    }

    [GeneratedRegex("^去结算", RegexOptions.None, 1000)]
    private static partial Regex Settle();
}
