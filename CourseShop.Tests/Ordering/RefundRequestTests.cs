using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>申请退款: within the window and below the progress; staff decide, and both sides read what happens.</summary>
public sealed class RefundRequestTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_shopper_asks_staff_approve_and_both_read_what_happens()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 2);
        var form = await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", order.Lines[0]);

        await shopper.SubmitRefundAsync(form, "买重了");
        var waiting = (await shopper.GetAsync($"/orders/{order.Number}/refund")).Text;
        var number = await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Number).SingleAsync());
        var finance = await _shop.SignedInAsync("finance");
        var listed = (await finance.GetAsync("/admin/refunds?state=attention")).Text;
        await finance.SubmitAsync(await finance.GetAsync($"/admin/refunds/{number}"), "form[action*=approve]");

        Assert.Contains("待审核", waiting, StringComparison.Ordinal);
        Assert.Contains("买重了", listed, StringComparison.Ordinal);
        Assert.Contains("款项已原路退回", (await shopper.GetAsync($"/orders/{order.Number}/refund")).Text, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.PartRefunded, order.Lines[0].Amount), ((await _shop.OrderAsync(order.Number)).Status, _shop.Alipay.Trades[order.Number].Refunded));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_declined_request_takes_nothing_and_says_why_and_the_shopper_may_ask_again()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 1);
        await shopper.SubmitRefundAsync(await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", order.Lines[0]), "不想学了");
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync($"/admin/refunds/{await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Number).SingleAsync())}");

        var unexplained = await finance.SubmitAsync(page, "form[action*=decline]");
        await finance.SubmitAsync(page, "form[action*=decline]", Refunding.Fields("why", "已下载全部资料"));
        var late = await finance.SubmitAsync(page, "form[action*=approve]");

        Assert.Contains("请写下拒绝的原因", unexplained.Text, StringComparison.Ordinal);
        Assert.Contains("这个申请已经处理过了", late.Text, StringComparison.Ordinal);
        var told = await shopper.GetAsync($"/orders/{order.Number}/refund");
        Assert.Contains("已下载全部资料", told.Text, StringComparison.Ordinal);
        Assert.NotNull(told.Document.QuerySelector("[type=checkbox]:not([disabled])"));
        Assert.Equal((OrderStatus.Paid, Money.Zero), ((await _shop.OrderAsync(order.Number)).Status, _shop.Alipay.Trades[order.Number].Refunded));
    }

    [Fact]
    public async Task A_request_can_be_withdrawn_until_it_is_decided()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 1);
        await shopper.SubmitRefundAsync(await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", order.Lines[0]), "再想想");
        var page = await shopper.GetAsync($"/orders/{order.Number}/refund");

        await shopper.SubmitAsync(page, "form[action*=withdraw]");
        await shopper.SubmitAsync(page, "form[action*=withdraw]");

        Assert.Equal(OrderRefundStatus.Withdrawn, await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Status).SingleAsync()));
        Assert.Equal(1, (await _shop.OrderAsync(order.Number)).Events.Count(step => step.Kind == OrderEventKind.RefundWithdrawn));
    }

    [Fact]
    public async Task It_can_be_asked_for_within_the_window_and_below_the_progress()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 2);
        var lessons = await _shop.ReadAsync(db => db.Lessons.Where(lesson => db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == order.Lines[0].CourseId)).Select(lesson => lesson.Id).ToListAsync());
        foreach (var lesson in lessons.Take(((lessons.Count * 3) + 9) / 10))
            await shopper.GetAsync($"/learn/{order.Lines[0].CourseId}/{lesson}");

        var learned = await shopper.GetAsync($"/orders/{order.Number}/refund");
        _shop.Clock.Advance(TimeSpan.FromDays(7));
        var inTime = await shopper.GetAsync($"/orders/{order.Number}/refund");
        var stale = await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", order.Lines[1]);
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var tooLate = await shopper.SubmitRefundAsync(stale, "晚了");

        Assert.Equal(1, learned.Document.QuerySelectorAll("[type=checkbox]:not([disabled])").Length);
        Assert.Contains("超过可退款的 30%", learned.Text, StringComparison.Ordinal);
        Assert.Equal(1, inTime.Document.QuerySelectorAll("[type=checkbox]:not([disabled])").Length);
        Assert.Contains("已超过购买后 7 天的退款期", tooLate.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.OrderRefunds.CountAsync()));
    }
}
