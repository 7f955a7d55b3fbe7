using CourseShop.Tests.Support;

namespace CourseShop.Tests.Pages.Admin;

/// <summary>钱在哪里, of a top-up, a tip and a withdrawal: one sentence from whichever of their numbers.</summary>
public sealed class WalletMoneyTests(LivelyShop shop) : IClassFixture<LivelyShop>
{
    [Theory]
    [InlineData("topUp", "充值 ¥3000.00，")]
    [InlineData("topUpWaiting", "还没有收到钱")]
    [InlineData("tip", "作者得到 ¥18.00，平台得到 ¥2.00")]
    [InlineData("tipBack", "已退给读者")]
    [InlineData("out", "等待审核")]
    [InlineData("outPaid", "单号 R-1")]
    [InlineData("outDeclined", "资料不全")]
    public async Task One_sentence_says_where_it_is(string name, string sentence)
    {
        var staff = await shop.Host.SignedInAsync("support");

        var page = await staff.GetAsync($"/admin/money?q={shop.Numbers[name]}");

        Assert.Contains(sentence, page.Document.QuerySelector(".sentence")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll("tbody tr"));
    }
}
