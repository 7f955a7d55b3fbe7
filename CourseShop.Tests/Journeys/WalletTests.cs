using System.Text.RegularExpressions;
using CourseShop.Common;
using CourseShop.Tests.Support;

namespace CourseShop.Tests.Journeys;

/// <summary>A reader fills the wallet, tips by Alipay and from the balance; the author's money is there, and leaves again.</summary>
public sealed partial class WalletTests(Chromium chromium) : Journey(chromium)
{
    [BrowserFact]
    public Task On_the_phone() => TellAsync(Device.Phone, TipAndWithdrawAsync);

    [BrowserFact]
    public Task At_the_desk() => TellAsync(Device.Desktop, TipAndWithdrawAsync);

    [BrowserFact]
    public Task Without_scripts() => TellAsync(Device.Phone, TipAndWithdrawAsync, hasScripts: false);

    private async Task TipAndWithdrawAsync(Visitor visitor)
    {
        var article = await Shop.ArticleAsync();
        await visitor.SignsInAsync();
        await visitor.GoesToAsync("/wallet");
        await visitor.PressesAsync("充值");
        await visitor.FillsAsync("或者自己填", "66.60");
        await visitor.PressesAsync("下一步");
        await visitor.PressesAsync("去支付");
        await visitor.PressesAsync("付款");
        await visitor.SeesAsync("充值 ¥66.60 已到账");

        await TipAsync(visitor, article, "账户余额");
        await visitor.IsAtAsync(ArticlePage());
        await visitor.SeesAsync("赞赏 ¥20.00 已送到，谢谢您的支持");
        Assert.Equal(new Money(4660), await Shop.BalanceAsync("shopper"));

        await TipAsync(visitor, article, "支付宝");
        await visitor.PressesAsync("去支付");
        await visitor.PressesAsync("付款");
        await visitor.SeesAsync("赞赏 ¥20.00 已送到，谢谢您的支持");
        Assert.Equal(Money.Yuan(40), await Shop.BalanceAsync("author"));

        await visitor.GoesToAsync("/wallet/withdraw");
        await visitor.FillsAsync("支付宝账户", "13800138000");
        await visitor.FillsAsync("真实姓名", "王小明");
        await visitor.FillsAsync("登录密码", CourseShop.Data.OpenSampleShop.Password);
        await visitor.PressesAsync("保存收款账户");
        await visitor.FillsAsync("提现金额", "30");
        await visitor.PressesAsync("申请提现");
        await visitor.SeesAsync("待审核");
        await visitor.GoesToAsync("/account/sign-out");
        await visitor.PressesAsync("退出登录");

        await visitor.SignsInAsync("finance");
        await visitor.GoesToAsync("/admin/withdrawals");
        await visitor.PressesAsync("批准打款");
        await Shop.SendWithdrawalsAsync();
        await visitor.GoesToAsync("/admin/withdrawals");
        await visitor.SeesAsync("已到账");
        await visitor.GoesToAsync("/admin/tips");
        Assert.Equal(new Money(1660), await Shop.BalanceAsync("shopper"));
        await Shop.AssertHoldAsync();
    }

    private static async Task TipAsync(Visitor visitor, long article, string method)
    {
        await visitor.GoesToAsync($"/articles/{article}");
        await visitor.PressesAsync("赞赏支持");
        var form = visitor.Page.Locator(visitor.HasScripts ? "dialog form.tipping" : "main form.tipping").First;
        await form.GetByText("¥20", new() { Exact = true }).ClickAsync();
        await form.GetByText(method, new() { Exact = false }).First.ClickAsync();
        await visitor.ClicksAsync(form.Locator("button"));
    }

    [GeneratedRegex(@"/articles/\d+#supporters$", RegexOptions.None, 1000)]
    private static partial Regex ArticlePage();
}
