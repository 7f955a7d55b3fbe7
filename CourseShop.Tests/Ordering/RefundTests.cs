using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>Staff take lines back: exact money, access, credits and coupon, once.</summary>
public sealed class RefundTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Staff_refund_one_line_and_exactly_what_the_preview_said_happens()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 3);
        var line = order.Lines[1];
        var finance = await _shop.SignedInAsync("finance");
        var preview = await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", line);

        var done = await finance.SubmitRefundAsync(preview, "学员要求");

        Assert.Equal(line.Amount.ToString(), preview.Document.QuerySelector(".sums .total b")!.TextContent);
        Assert.Contains("不退回（整单退款才退）", preview.Text, StringComparison.Ordinal);
        Assert.Equal($"/admin/orders/{order.Number}", done.Location!.ToString());
        var after = await _shop.OrderAsync(order.Number);
        Assert.Equal(OrderStatus.PartRefunded, after.Status);
        Assert.Equal([line.Id], after.Lines.Where(one => one.RefundedAt is not null).Select(one => one.Id));
        Assert.Equal(line.Amount, _shop.Alipay.Trades[order.Number].Refunded);
        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.GetAsync(await _shop.LessonAsync(line.CourseId))).Status);
        Assert.Equal(HttpStatusCode.OK, (await shopper.GetAsync(await _shop.LessonAsync(order.Lines[0].CourseId))).Status);
        Assert.Equal(IssuedCouponStatus.Used, await _shop.CouponAsync(order));
        Assert.Contains("部分退款", (await shopper.GetAsync($"/orders/{order.Number}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Line_by_line_the_whole_total_goes_back_and_then_the_coupon()
    {
        var (_, order) = await _shop.BoughtAsync(courses: 3);
        var finance = await _shop.SignedInAsync("finance");

        foreach (var line in order.Lines)
        {
            await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", line), "一门一门退");
            _shop.Clock.Advance(TimeSpan.FromSeconds(4));
            await _shop.SendRefundsAsync();
        }

        Assert.Equal(OrderStatus.Refunded, (await _shop.OrderAsync(order.Number)).Status);
        Assert.Equal((order.Total, 3), (_shop.Alipay.Trades[order.Number].Refunded, _shop.Alipay.Trades[order.Number].Refunds.Count));
        Assert.Equal(IssuedCouponStatus.Available, await _shop.CouponAsync(order));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Two_refunds_of_one_trade_are_three_seconds_apart()
    {
        var (_, order) = await _shop.BoughtAsync(courses: 2);
        var finance = await _shop.SignedInAsync("finance");

        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]), "第一门");
        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[1]), "第二门");
        var atOnce = _shop.Alipay.Trades[order.Number].Refunds.Count;
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await _shop.SendRefundsAsync();
        var tooSoon = _shop.Alipay.Trades[order.Number].Refunds.Count;
        _shop.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await _shop.SendRefundsAsync();

        Assert.Equal((1, 1, 2), (atOnce, tooSoon, _shop.Alipay.Trades[order.Number].Refunds.Count));
        Assert.Equal(OrderStatus.Refunded, (await _shop.OrderAsync(order.Number)).Status);
    }

    [Fact]
    public async Task Twenty_presses_of_two_people_refund_once()
    {
        var (_, order) = await _shop.BoughtAsync(courses: 2);
        var (finance, admin) = (await _shop.SignedInAsync("finance"), await _shop.SignedInAsync("admin"));
        var mine = await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]);
        var theirs = await admin.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => turn % 2 == 0 ? finance.SubmitRefundAsync(mine, "退") : admin.SubmitRefundAsync(theirs, "退")));

        Assert.Equal(1, _shop.Alipay.Calls.Count(call => call.Method == "alipay.trade.refund"));
        Assert.Equal(order.Lines[0].Amount, _shop.Alipay.Trades[order.Number].Refunded);
        Assert.Single(await _shop.ReadAsync(db => db.OrderRefunds.ToListAsync()));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(AlipayMood.Down)]
    [InlineData(AlipayMood.Garbage)]
    [InlineData(AlipayMood.DoneButBusy)]
    [InlineData(AlipayMood.DoneButSlow)]
    [InlineData(AlipayMood.DoneButUnsignedError)]
    [InlineData(AlipayMood.Poor)]
    public async Task Until_the_answer_is_known_it_is_under_way_and_nothing_is_taken_back(AlipayMood mood)
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 1);
        var finance = await _shop.SignedInAsync("finance");
        (_shop.Alipay.Mood, _shop.Alipay.MoodIsFor) = (mood, "alipay.trade.refund");

        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]), "退");
        var meanwhile = await _shop.OrderAsync(order.Number);
        var lesson = (await shopper.GetAsync(await _shop.LessonAsync(order.Lines[0].CourseId))).Status;
        var told = (await shopper.GetAsync("/orders")).Text;
        _shop.Alipay.Mood = AlipayMood.Well;
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.SendRefundsAsync();

        Assert.Equal((OrderStatus.Paid, HttpStatusCode.OK), (meanwhile.Status, lesson));
        Assert.Contains("退款中", told, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Refunded, (await _shop.OrderAsync(order.Number)).Status);
        Assert.Single(_shop.Alipay.Trades[order.Number].Refunds);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task What_alipay_refuses_for_good_takes_nothing_back_and_can_be_tried_anew()
    {
        var (_, order) = await _shop.BoughtAsync(courses: 1);
        var finance = await _shop.SignedInAsync("finance");
        _shop.Alipay.Script = (method, _) => method == "alipay.trade.refund" ? Refused("ACQ.TRADE_HAS_FINISHED") : null;

        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]), "退");
        var failed = await _shop.ReadAsync(db => db.OrderRefunds.SingleAsync());
        var page = await finance.GetAsync($"/admin/refunds/{failed.Number}");
        _shop.Alipay.Script = null;
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]), "再退");

        Assert.Equal(OrderRefundStatus.Failed, failed.Status);
        Assert.Contains("ACQ.TRADE_HAS_FINISHED", page.Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Refunded, (await _shop.OrderAsync(order.Number)).Status);
        Assert.Equal(order.Total, _shop.Alipay.Trades[order.Number].Refunded);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Credits_come_back_by_line_and_a_line_without_money_needs_no_gateway()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();
        var number = await shopper.OrderAsync(course, credits: "100");
        await _shop.PayAsync(shopper, number);
        var order = await _shop.OrderAsync(number);
        var before = await _shop.CreditsAsync(order.UserId);
        var finance = await _shop.SignedInAsync("finance");

        await finance.SubmitRefundAsync(await finance.ChooseRefundAsync($"/admin/orders/{number}/refund", order.Lines[0]), "退");

        Assert.Equal(order.Total, _shop.Alipay.Trades[number].Refunded);
        Assert.Equal(before + 100, await _shop.CreditsAsync(order.UserId));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Neither_strangers_nor_other_roles_nor_tampered_forms_move_anything()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 2);
        var other = await _shop.SignedInAsync("second");
        var mine = await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", order.Lines[0]);
        var (support, finance) = (await _shop.SignedInAsync("support"), await _shop.SignedInAsync("finance"));
        var staffForm = await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", order.Lines[0]);

        var strangers = await other.GetAsync($"/orders/{order.Number}/refund");
        var tampered = await shopper.SubmitAsync(mine, "form[action$=refund]", Refunding.Fields("Reason", "多给点", "AgreedMoney", "99999999"), "提交申请");
        var foreign = await shopper.SubmitAsync(mine, "form[action$=refund]", Refunding.Fields("Reason", "别人的", "Lines", "999999"), "提交申请");
        var byShopper = await shopper.PostAsync($"/admin/orders/{order.Number}/refund?handler=submit", [await shopper.TokenAsync(), new("Reason", "x"), new("Lines", $"{order.Lines[0].Id}"), new("AgreedMoney", $"{order.Lines[0].Amount.Fen}")]);
        var bySupport = await support.PostAsync($"/admin/orders/{order.Number}/refund?handler=submit", [await support.TokenAsync(), new("Reason", "x"), new("Lines", $"{order.Lines[0].Id}"), new("AgreedMoney", $"{order.Lines[0].Amount.Fen}")]);
        var withoutReason = await finance.SubmitRefundAsync(staffForm, "  ");

        Assert.Equal(HttpStatusCode.NotFound, strangers.Status);
        Assert.Contains("退款内容刚刚有变动", tampered.Text, StringComparison.Ordinal);
        Assert.Contains("退款内容刚刚有变动", foreign.Text, StringComparison.Ordinal);
        Assert.All(new[] { byShopper, bySupport }, answer => Assert.NotEqual(HttpStatusCode.OK, answer.Status));
        Assert.Contains("请写下退款原因", withoutReason.Text, StringComparison.Ordinal);
        Assert.Equal((0, Money.Zero), (await _shop.ReadAsync(db => db.OrderRefunds.CountAsync()), _shop.Alipay.Trades[order.Number].Refunded));
    }

    [Fact]
    public async Task A_buyers_request_and_two_of_the_staff_at_once_refund_once()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 1);
        var (finance, admin) = (await _shop.SignedInAsync("finance"), await _shop.SignedInAsync("admin"));
        var line = order.Lines[0];
        var asked = await shopper.ChooseRefundAsync($"/orders/{order.Number}/refund", line);
        var byFinance = await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", line);
        var byAdmin = await admin.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", line);

        await Task.WhenAll(Enumerable.Range(0, 21).Select(turn => (turn % 3) switch
        {
            0 => shopper.SubmitRefundAsync(asked, "不想学了"),
            1 => finance.SubmitRefundAsync(byFinance, "退"),
            _ => admin.SubmitRefundAsync(byAdmin, "退"),
        }));
        foreach (var waiting in await _shop.ReadAsync(db => db.OrderRefunds.Where(refund => refund.Status == OrderRefundStatus.Requested).Select(refund => refund.Number).ToListAsync()))
            await finance.SubmitAsync(await finance.GetAsync($"/admin/refunds/{waiting}"), "form[action*=approve]");

        Assert.Single(await _shop.ReadAsync(db => db.OrderRefunds.ToListAsync()));
        Assert.Equal((1, order.Total), (_shop.Alipay.Calls.Count(call => call.Method == "alipay.trade.refund"), _shop.Alipay.Trades[order.Number].Refunded));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Refund_lesson_and_new_purchase_at_once_end_the_old_access_and_leave_a_new_one_valid()
    {
        var (shopper, order) = await _shop.BoughtAsync(courses: 1);
        var finance = await _shop.SignedInAsync("finance");
        var line = order.Lines[0];
        var lesson = await _shop.LessonAsync(line.CourseId);
        var form = await finance.ChooseRefundAsync($"/admin/orders/{order.Number}/refund", line);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async turn =>
        {
            if (turn % 6 == 0)
                await finance.SubmitRefundAsync(form, "退");
            else if (turn % 6 == 1 && await shopper.GetAsync($"/checkout?course={line.CourseId}") is { } confirm && confirm.Document.QuerySelector("main form [name=Key]") is not null)
                await shopper.PlaceAsync(confirm);
            else
                await shopper.GetAsync(lesson);
        }));
        var afterwards = (await shopper.GetAsync(lesson)).Status;
        var waiting = await _shop.ReadAsync(db => db.Orders.AwaitingPayment().Select(waits => waits.Number).ToListAsync());
        var number = waiting.Count > 0 ? waiting.Single() : await shopper.OrderAsync(line.CourseId);
        await _shop.PayAsync(shopper, number);

        Assert.Equal((OrderStatus.Refunded, HttpStatusCode.Forbidden), (await _shop.StatusAsync(order.Number), afterwards));
        Assert.Equal(HttpStatusCode.OK, (await shopper.GetAsync(lesson)).Status);
        await _shop.AssertHoldAsync();
    }

    private static Dictionary<string, string> Refused(string code) => new(StringComparer.Ordinal) { ["code"] = "40004", ["msg"] = "Business Failed", ["sub_code"] = code };
}
