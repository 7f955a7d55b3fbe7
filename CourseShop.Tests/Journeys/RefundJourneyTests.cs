using CourseShop.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CourseShop.Tests.Journeys;

/// <summary>A purchase is given back: its buyer asks, staff decide, both read what became of it.</summary>
public sealed class RefundJourneyTests(Chromium chromium) : Journey(chromium)
{
    private const string Slug = "go-concurrency-in-practice";
    private string _number = "";

    [BrowserTheory]
    [InlineData(Device.Phone, true)]
    [InlineData(Device.Desktop, true)]
    [InlineData(Device.Phone, false)]
    public async Task What_is_asked_for_and_approved_goes_back(Device device, bool hasScripts)
    {
        await TellAsync(device, BuyAndAskAsync, hasScripts);
        await TellAsync(device, async finance =>
        {
            await OpenRequestAsync(finance);
            await finance.SeesAsync("买错了，想换一门");
            await finance.SeesTotalAsync("¥206.10");
            await finance.PressesAsync("批准退款");
            await finance.SeesAsync("退款完成");
            await finance.GoesToAsync($"/admin/money?q={_number}");
            await finance.SeesAsync("订单已全部退款，已退回 ¥206.10");
        }, hasScripts);

        await TellAsync(device, async shopper =>
        {
            await shopper.SignsInAsync();
            await shopper.GoesToAsync($"/orders/{_number}");
            await shopper.SeesHeadingAsync("已退款");
            await shopper.SeesAsync("款项已原路退回，学习权限已结束。");
            await shopper.GoesToAsync("/learn");
            await Expect(shopper.Page.GetByText("Go 并发实战")).ToHaveCountAsync(0);
            await shopper.GoesToAsync($"/courses/{await Shop.CourseIdAsync(Slug)}");
            await shopper.SeesAsync("立即购买");
        }, hasScripts);
    }

    [BrowserFact]
    public async Task What_is_declined_says_why_and_the_course_stays()
    {
        await TellAsync(Device.Phone, BuyAndAskAsync);
        await TellAsync(Device.Desktop, async finance =>
        {
            await OpenRequestAsync(finance);
            await finance.ClicksAsync(finance.Page.Locator("summary", new() { HasText = "拒绝申请" }));
            await finance.FillsAsync("拒绝的原因，买家会看到", "已经学了大半");
            await finance.PressesAsync("拒绝申请");
            await finance.SeesAsync("申请已拒绝，买家会看到原因");
        });

        await TellAsync(Device.Phone, async shopper =>
        {
            await shopper.SignsInAsync();
            await shopper.GoesToAsync($"/orders/{_number}/refund");
            await shopper.SeesAsync("申请没有通过，课程照常学习。");
            await shopper.SeesAsync("已经学了大半");
            await shopper.GoesToAsync("/learn");
            await shopper.SeesAsync("Go 并发实战");
        });
    }

    private async Task BuyAndAskAsync(Visitor shopper)
    {
        await shopper.SignsInAsync();
        await BuyNowAsync(shopper, Slug);
        _number = await SubmitAsync(shopper);
        await PayAsync(shopper, courses: 1);

        await shopper.GoesToAsync($"/orders/{_number}");
        await shopper.PressesAsync("申请退款");
        await shopper.SeesHeadingAsync("申请退款");
        await shopper.SeesTotalAsync("¥206.10");
        await shopper.FillsAsync("退款原因", "买错了，想换一门");
        await shopper.PressesAsync("提交申请");
        await shopper.SeesAsync("待审核");
    }

    private async Task OpenRequestAsync(Visitor finance)
    {
        await finance.SignsInAsync("finance");
        await finance.GoesToAsync("/admin/refunds");
        await finance.ClicksAsync(finance.Page.Locator("tr", new() { HasText = _number }).GetByRole(AriaRole.Link).First);
    }
}
