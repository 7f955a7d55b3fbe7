using CourseShop.Common;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Orders;

public sealed class PayTests : IDisposable
{
    private const string WeChat = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.54(0x18003630) NetType/WIFI Language/zh_CN";
    private const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Inside_WeChat_the_way_to_Alipay_is_told_before_the_button()
    {
        var page = await CashierAsync(WeChat, "zh-CN");

        var hint = page.Document.QuerySelector("#in-wechat")!;
        Assert.Equal("支付宝在微信里打不开。请点右上角的 ···，选“在浏览器打开”，登录后在那里付款。", hint.TextContent);
        Assert.True(page.Html.IndexOf("in-wechat", StringComparison.Ordinal) < page.Html.IndexOf("去支付", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_told_in_English_too() =>
        Assert.Contains("choose “Open in Browser”", (await CashierAsync(WeChat, "en")).Document.QuerySelector("#in-wechat")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Any_other_browser_opens_Alipay_by_itself() => Assert.Null((await CashierAsync(Safari, "zh-CN")).Document.QuerySelector("#in-wechat"));

    [Fact]
    public async Task Where_there_is_no_button_any_more_there_is_no_hint()
    {
        var (shopper, number) = await OrderedAsync(WeChat);
        _shop.Clock.Advance(TimeSpan.FromMinutes(14.5));

        Assert.Null((await shopper.GetAsync($"/orders/{number}/pay")).Document.QuerySelector("#in-wechat"));
    }

    [Fact]
    public async Task While_money_that_does_not_fit_is_looked_into_nobody_is_asked_for_more()
    {
        var (shopper, number) = await OrderedAsync(Safari);
        var before = await shopper.GetAsync($"/orders/{number}/pay");
        await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, await _shop.PayAtAlipayAsync(number), new Money(1)));

        var page = await shopper.GetAsync($"/orders/{number}/pay");
        var stale = await shopper.SubmitAsync(before, "form.buybar", button: "去支付");

        Assert.Null(page.Document.QuerySelector(".buybar .primary"));
        Assert.Contains("收到的付款 ¥0.01 与订单金额不一致", page.Text, StringComparison.Ordinal);
        Assert.Contains("客服正在核对，请勿重复付款", stale.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Payments.CountAsync(payment => payment.PurposeNumber == number)));
    }

    private async Task<(Shopper Shopper, string Number)> OrderedAsync(string userAgent)
    {
        var shopper = await _shop.SignedInAsync();
        shopper.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        return (shopper, await shopper.OrderAsync(await _shop.PlainCourseAsync()));
    }

    private async Task<SeenPage> CashierAsync(string userAgent, string language)
    {
        var (shopper, number) = await OrderedAsync(userAgent);
        return await shopper.GetAsync($"/orders/{number}/pay", language);
    }
}
