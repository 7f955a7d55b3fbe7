using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Operations;
using CourseShop.Ordering;
using CourseShop.Tests.Components;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>Whatever became of an order, one sentence says where its money is.</summary>
public sealed class MoneyStoryTests(LivelyShop shop) : IClassFixture<LivelyShop>, IDisposable
{
    private readonly ShopFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cancelled", "没有收到钱，订单已取消。")]
    [InlineData("timedOut", "没有收到钱，订单超时取消了。")]
    [InlineData("free", "应付是 ¥0.00，不需要收钱。")]
    [InlineData("waitingToo", "还没有收到钱：支付页面没有打开过。")]
    [InlineData("waiting", "还没有收到钱：支付宝 {opened} 打开过，未付款。")]
    [InlineData("paid", "已收到 {total}，已入账，订单已支付，没有退款。")]
    [InlineData("revived", "已收到 {total}，已入账，订单已支付，没有退款。")]
    [InlineData("queried", "已收到 {total}，已入账，订单已支付，没有退款。")]
    [InlineData("late", "已收到 {total}，订单结束以后才到，<R:late> 的 {total} 等着退回。")]
    [InlineData("second", "收到 2 笔，共 {twice}；第 1 笔 {total}，已入账，订单已支付，没有退款；第 2 笔 {total}，<R:second> 已原路退回。")]
    [InlineData("held", "已收到 ¥0.01，与应付 {total} 不符，等待处理。")]
    [InlineData("accepted", "已收到 {more}，已入账，订单已支付，<R:accepted> 的 ¥5.00 等着退回。")]
    [InlineData("whole", "已收到 {total}，已入账，订单已全部退款，已退回 {total}。")]
    [InlineData("part", "已收到 {total}，已入账，订单退了一部分，已退回 {first}。")]
    [InlineData("going", "已收到 {total}，已入账，订单已支付，<R:going> 的 {total} 正在退回，问过 1 次。")]
    [InlineData("asked", "已收到 {total}，已入账，订单已支付，没有退款；申请退款 {total} 等待审核。")]
    public async Task Every_fate_has_its_sentence(string name, string sentence) => Assert.Equal(await FilledAsync(name, sentence), await TellAsync(shop.Host.Books, name));

    [Theory]
    [InlineData("waiting", """UPDATE "Orders" SET "AskAgainAt" = "PayBy" WHERE "Number" = '<waiting>'""", "收没收到还不知道：支付宝没有回答，{due} 再问。")]
    [InlineData("late", """UPDATE "Refunds" SET "Tries" = 3 WHERE "RefundNumber" = '<R:late>'""", "已收到 {total}，订单结束以后才到，<R:late> 的 {total} 正在退回，问过 3 次。")]
    [InlineData("late", """DELETE FROM "Refunds" WHERE "RefundNumber" = '<R:late>'""", "已收到 {total}，订单结束以后才到，没有退款在退它，请马上查。")]
    [InlineData("late", """UPDATE "Payments" SET "Status" = 4 WHERE "OutTradeNo" = '<late>'""", "已收到 {total}，不能用于这个订单，<R:late> 的 {total} 等着退回。")]
    [InlineData("late", """UPDATE "Payments" SET "Status" = 4 WHERE "OutTradeNo" = '<late>'; UPDATE "Refunds" SET "Status" = 2, "LastCode" = 'ACQ.X' WHERE "RefundNumber" = '<R:late>'""", "已收到 {total}，不能用于这个订单，支付宝拒绝了退款 <R:late>（ACQ.X），等待处理。")]
    [InlineData("held", """UPDATE "Payments" SET "AlreadyRefunded" = 1 WHERE "OutTradeNo" = '<held>'""", "已收到 ¥0.01，记账以前在支付宝已退 ¥0.01，等待处理。")]
    [InlineData("held", """UPDATE "Payments" SET "AlreadyRefunded" = 1, "Status" = 7 WHERE "OutTradeNo" = '<held>'""", "已收到 ¥0.01，在支付宝已经退掉。")]
    [InlineData("going", """UPDATE "Refunds" SET "Status" = 2, "LastCode" = 'ACQ.X' WHERE "RefundNumber" = '<R:going>'""", "已收到 {total}，已入账，订单已支付，支付宝拒绝了退款 <R:going>（ACQ.X）。")]
    [InlineData("paid", """UPDATE "Orders" SET "Status" = 2 WHERE "Number" = '<paid>'""", "已收到 {total}，已入账，订单却没有支付，请马上查。")]
    [InlineData("held", """UPDATE "Orders" SET "Status" = 1 WHERE "Number" = '<held>'""", "已收到 ¥0.01，与应付 {total} 不符，等待处理；订单已支付，却没有入账的钱，请马上查。")]
    public async Task What_is_stuck_or_wrong_is_said_too(string name, string sql, string sentence)
    {
        var books = shop.CopyTo(_folder.Path);

        await Tampering.TamperAsync(books, shop.Named(sql));

        Assert.StartsWith((await FilledAsync(name, sentence)).TrimEnd('。'), await TellAsync(books, name), StringComparison.Ordinal);
    }

    private async Task<string> TellAsync(string books, string name)
    {
        await using var db = shop.Open(books);
        var trace = await new FindMoney(db).RunAsync(shop.Numbers[name], CancellationToken.None);
        return new ChineseWords().Tell(trace.File!.Story);
    }

    private async Task<string> FilledAsync(string name, string sentence)
    {
        var order = await shop.Host.ReadAsync(db => db.Orders.Include(order => order.Lines).SingleAsync(order => order.Number == shop.Numbers[name]));
        var opened = await shop.Host.ReadAsync(db => db.Payments.Where(payment => payment.PurposeNumber == order.Number).MaxAsync(payment => payment.OpenedAt));
        return shop.Named(sentence).Replace("{total}", order.Total.ToString(), StringComparison.Ordinal).Replace("{twice}", (order.Total + order.Total).ToString(), StringComparison.Ordinal)
            .Replace("{more}", (order.Total + Money.Yuan(5)).ToString(), StringComparison.Ordinal).Replace("{first}", order.Lines.MinBy(line => line.Position)!.Amount.ToString(), StringComparison.Ordinal)
            .Replace("{opened}", opened?.ToMinute(), StringComparison.Ordinal).Replace("{due}", order.PayBy.ToMinute(), StringComparison.Ordinal);
    }
}
