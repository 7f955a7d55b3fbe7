using System.Globalization;
using CourseShop.Common;
using CourseShop.Payments;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>Somebody's wallet, filled and looked into.</summary>
public static class Saving
{
    /// <summary>Opens a top-up at Alipay; pays it there, and Alipay tells. Yields its number.</summary>
    public static async Task<string> TopUpAsync(this ShopHost shop, long userId, Money amount, bool isPaid = true)
    {
        var number = (await shop.Service<StartTopUp>().RunAsync(userId, amount.ToYuan(), Guid.NewGuid().ToString("N"), CancellationToken.None)).Value!;
        Assert.NotNull((await shop.Service<OpenTopUp>().RunAsync(userId, number, new PaymentVisit("http://localhost", false), CancellationToken.None))!.Value);
        if (isPaid)
        {
            var tradeNo = await shop.PayAtAlipayAsync(number);
            Assert.Equal("success", await shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, amount, paidAt: shop.Clock.Now)));
        }

        return number;
    }

    /// <summary>The first article of the author, as long as nobody writes others.</summary>
    public static Task<long> ArticleAsync(this ShopHost shop) => shop.ReadAsync(db => db.Articles.Published().Where(article => db.Users.Any(user => user.Id == article.AuthorId && user.UserName == "author"))
        .OrderBy(article => article.Id).Select(article => article.Id).FirstAsync());

    /// <summary>Tips that article: from the balance, or at Alipay, which tells. Yields the tip's number.</summary>
    public static async Task<string> TipAsync(this ShopHost shop, long userId, Money amount, PaymentChannel channel = PaymentChannel.Alipay, bool isPaid = true)
    {
        var left = await shop.Service<LeaveTip>().RunAsync(userId, await shop.ArticleAsync(), new(amount.ToYuan(), "写得好", false, channel, Key()), CancellationToken.None);
        var number = left!.Value!.Number;
        if (channel == PaymentChannel.Balance)
            return number;
        Assert.NotNull((await shop.Service<OpenTip>().RunAsync(userId, number, new PaymentVisit("http://localhost", false), CancellationToken.None))!.Value);
        if (isPaid)
            Assert.Equal("success", await shop.NotifyAsync(FakeAlipay.Notification(number, await shop.PayAtAlipayAsync(number), amount, paidAt: shop.Clock.Now)));
        return number;
    }

    public static async Task TopUpAsync(this ShopHost shop, string name, int yuan) => await shop.TopUpAsync(await shop.UserIdAsync(name), Money.Yuan(yuan));

    public static async Task<Money> BalanceAsync(this ShopHost shop, string name)
    {
        var user = await shop.UserIdAsync(name);
        return await shop.ReadAsync(db => db.WalletEntries.OwnedBy(user).SumAsync(CancellationToken.None));
    }

    /// <summary>Says where withdrawals go to.</summary>
    public static async Task PayoutAccountAsync(this ShopHost shop, long userId) =>
        Assert.Null((await shop.InScopeAsync<SetPayoutAccount, Outcome<Done>>(set => set.RunAsync(userId, "13800138000", "王小明", CourseShop.Data.OpenSampleShop.Password, CancellationToken.None))).Refusal);

    /// <summary>Asks for a withdrawal that must be possible; yields its number.</summary>
    public static async Task<string> WithdrawAsync(this ShopHost shop, long userId, Money amount)
    {
        var asked = await shop.Service<RequestWithdrawal>().RunAsync(userId, amount.ToYuan(), Key(), CancellationToken.None);
        return asked.Value ?? throw new InvalidOperationException(asked.Refusal!.Key);
    }

    public static Task<int> SendWithdrawalsAsync(this ShopHost shop) => shop.InScopeAsync<SendWithdrawals, int>(send => send.RunAsync(CancellationToken.None));

    public static string Key() => Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
}
