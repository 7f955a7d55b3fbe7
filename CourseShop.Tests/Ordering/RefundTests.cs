using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>Lines taken back, by staff and on request: exact money, access, credits and coupon, once.</summary>
public sealed class RefundTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Staff_refund_one_line_and_exactly_what_the_preview_said_happens()
    {
        var (shopper, order) = await PaidAsync(courses: 3);
        var line = order.Lines[1];
        var finance = await _shop.SignedInAsync("finance");
        var preview = await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", line);

        var done = await SubmitAsync(finance, preview, "学员要求");

        Assert.Equal(line.Amount.ToString(), preview.Document.QuerySelector(".sums .total b")!.TextContent);
        Assert.Contains("不退回（整单退款才退）", preview.Text, StringComparison.Ordinal);
        Assert.Equal($"/admin/orders/{order.Number}", done.Location!.ToString());
        var after = await ReadAsync(order.Number);
        Assert.Equal(OrderStatus.PartRefunded, after.Status);
        Assert.Equal([line.Id], after.Lines.Where(one => one.RefundedAt is not null).Select(one => one.Id));
        Assert.Equal(line.Amount, _shop.Alipay.Trades[order.Number].Refunded);
        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.GetAsync(await LessonAsync(line.CourseId))).Status);
        Assert.Equal(HttpStatusCode.OK, (await shopper.GetAsync(await LessonAsync(order.Lines[0].CourseId))).Status);
        Assert.Equal(IssuedCouponStatus.Used, await CouponAsync(order));
        Assert.Contains("部分退款", (await shopper.GetAsync($"/orders/{order.Number}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Line_by_line_the_whole_total_goes_back_and_then_the_coupon()
    {
        var (_, order) = await PaidAsync(courses: 3);
        var finance = await _shop.SignedInAsync("finance");

        foreach (var line in order.Lines)
        {
            await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", line), "一门一门退");
            _shop.Clock.Advance(TimeSpan.FromSeconds(4));
            await _shop.SendRefundsAsync();
        }

        Assert.Equal(OrderStatus.Refunded, (await ReadAsync(order.Number)).Status);
        Assert.Equal((order.Total, 3), (_shop.Alipay.Trades[order.Number].Refunded, _shop.Alipay.Trades[order.Number].Refunds.Count));
        Assert.Equal(IssuedCouponStatus.Available, await CouponAsync(order));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Two_refunds_of_one_trade_are_three_seconds_apart()
    {
        var (_, order) = await PaidAsync(courses: 2);
        var finance = await _shop.SignedInAsync("finance");

        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]), "第一门");
        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[1]), "第二门");
        var atOnce = _shop.Alipay.Trades[order.Number].Refunds.Count;
        _shop.Clock.Advance(TimeSpan.FromSeconds(2));
        await _shop.SendRefundsAsync();
        var tooSoon = _shop.Alipay.Trades[order.Number].Refunds.Count;
        _shop.Clock.Advance(TimeSpan.FromSeconds(1.5));
        await _shop.SendRefundsAsync();

        Assert.Equal((1, 1, 2), (atOnce, tooSoon, _shop.Alipay.Trades[order.Number].Refunds.Count));
        Assert.Equal(OrderStatus.Refunded, (await ReadAsync(order.Number)).Status);
    }

    [Fact]
    public async Task Twenty_presses_of_two_people_refund_once()
    {
        var (_, order) = await PaidAsync(courses: 2);
        var (finance, admin) = (await _shop.SignedInAsync("finance"), await _shop.SignedInAsync("admin"));
        var mine = await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]);
        var theirs = await ChooseAsync(admin, $"/admin/orders/{order.Number}/refund", order.Lines[0]);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => turn % 2 == 0 ? SubmitAsync(finance, mine, "退") : SubmitAsync(admin, theirs, "退")));

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
        var (shopper, order) = await PaidAsync(courses: 1);
        var finance = await _shop.SignedInAsync("finance");
        (_shop.Alipay.Mood, _shop.Alipay.MoodIsFor) = (mood, "alipay.trade.refund");

        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]), "退");
        var meanwhile = await ReadAsync(order.Number);
        var lesson = (await shopper.GetAsync(await LessonAsync(order.Lines[0].CourseId))).Status;
        var told = (await shopper.GetAsync("/orders")).Text;
        _shop.Alipay.Mood = AlipayMood.Well;
        _shop.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.SendRefundsAsync();

        Assert.Equal((OrderStatus.Paid, HttpStatusCode.OK), (meanwhile.Status, lesson));
        Assert.Contains("退款中", told, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Refunded, (await ReadAsync(order.Number)).Status);
        Assert.Single(_shop.Alipay.Trades[order.Number].Refunds);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task What_alipay_refuses_for_good_takes_nothing_back_and_can_be_tried_anew()
    {
        var (_, order) = await PaidAsync(courses: 1);
        var finance = await _shop.SignedInAsync("finance");
        _shop.Alipay.Script = (method, _) => method == "alipay.trade.refund" ? Refused("ACQ.TRADE_HAS_FINISHED") : null;

        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]), "退");
        var failed = await _shop.ReadAsync(db => db.OrderRefunds.SingleAsync());
        var page = await finance.GetAsync($"/admin/refunds/{failed.Number}");
        _shop.Alipay.Script = null;
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]), "再退");

        Assert.Equal(OrderRefundStatus.Failed, failed.Status);
        Assert.Contains("ACQ.TRADE_HAS_FINISHED", page.Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Refunded, (await ReadAsync(order.Number)).Status);
        Assert.Equal(order.Total, _shop.Alipay.Trades[order.Number].Refunded);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_shopper_asks_staff_approve_and_both_read_what_happens()
    {
        var (shopper, order) = await PaidAsync(courses: 2);
        var form = await ChooseAsync(shopper, $"/orders/{order.Number}/refund", order.Lines[0]);

        await SubmitAsync(shopper, form, "买重了");
        var waiting = (await shopper.GetAsync($"/orders/{order.Number}/refund")).Text;
        var number = await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Number).SingleAsync());
        var finance = await _shop.SignedInAsync("finance");
        var listed = (await finance.GetAsync("/admin/refunds?state=attention")).Text;
        await finance.SubmitAsync(await finance.GetAsync($"/admin/refunds/{number}"), "form[action*=approve]");

        Assert.Contains("待审核", waiting, StringComparison.Ordinal);
        Assert.Contains("买重了", listed, StringComparison.Ordinal);
        Assert.Contains("款项已原路退回", (await shopper.GetAsync($"/orders/{order.Number}/refund")).Text, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.PartRefunded, order.Lines[0].Amount), ((await ReadAsync(order.Number)).Status, _shop.Alipay.Trades[order.Number].Refunded));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_declined_request_takes_nothing_and_says_why_and_the_shopper_may_ask_again()
    {
        var (shopper, order) = await PaidAsync(courses: 1);
        await SubmitAsync(shopper, await ChooseAsync(shopper, $"/orders/{order.Number}/refund", order.Lines[0]), "不想学了");
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync($"/admin/refunds/{await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Number).SingleAsync())}");

        var unexplained = await finance.SubmitAsync(page, "form[action*=decline]");
        await finance.SubmitAsync(page, "form[action*=decline]", With("why", "已下载全部资料"));
        var late = await finance.SubmitAsync(page, "form[action*=approve]");

        Assert.Contains("请写下拒绝的原因", unexplained.Text, StringComparison.Ordinal);
        Assert.Contains("这个申请已经处理过了", late.Text, StringComparison.Ordinal);
        var told = await shopper.GetAsync($"/orders/{order.Number}/refund");
        Assert.Contains("已下载全部资料", told.Text, StringComparison.Ordinal);
        Assert.NotNull(told.Document.QuerySelector("[type=checkbox]:not([disabled])"));
        Assert.Equal((OrderStatus.Paid, Money.Zero), ((await ReadAsync(order.Number)).Status, _shop.Alipay.Trades[order.Number].Refunded));
    }

    [Fact]
    public async Task A_request_can_be_withdrawn_until_it_is_decided()
    {
        var (shopper, order) = await PaidAsync(courses: 1);
        await SubmitAsync(shopper, await ChooseAsync(shopper, $"/orders/{order.Number}/refund", order.Lines[0]), "再想想");
        var page = await shopper.GetAsync($"/orders/{order.Number}/refund");

        await shopper.SubmitAsync(page, "form[action*=withdraw]");
        await shopper.SubmitAsync(page, "form[action*=withdraw]");

        Assert.Equal(OrderRefundStatus.Withdrawn, await _shop.ReadAsync(db => db.OrderRefunds.Select(refund => refund.Status).SingleAsync()));
        Assert.Equal(1, (await ReadAsync(order.Number)).Events.Count(step => step.Kind == OrderEventKind.RefundWithdrawn));
    }

    [Fact]
    public async Task It_can_be_asked_for_within_the_window_and_below_the_progress()
    {
        var (shopper, order) = await PaidAsync(courses: 2);
        var lessons = await _shop.ReadAsync(db => db.Lessons.Where(lesson => db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == order.Lines[0].CourseId)).Select(lesson => lesson.Id).ToListAsync());
        foreach (var lesson in lessons.Take(((lessons.Count * 3) + 9) / 10))
            await shopper.GetAsync($"/learn/{order.Lines[0].CourseId}/{lesson}");

        var learned = await shopper.GetAsync($"/orders/{order.Number}/refund");
        _shop.Clock.Advance(TimeSpan.FromDays(7));
        var inTime = await shopper.GetAsync($"/orders/{order.Number}/refund");
        var stale = await ChooseAsync(shopper, $"/orders/{order.Number}/refund", order.Lines[1]);
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var tooLate = await SubmitAsync(shopper, stale, "晚了");

        Assert.Equal(1, learned.Document.QuerySelectorAll("[type=checkbox]:not([disabled])").Length);
        Assert.Contains("超过可退款的 30%", learned.Text, StringComparison.Ordinal);
        Assert.Equal(1, inTime.Document.QuerySelectorAll("[type=checkbox]:not([disabled])").Length);
        Assert.Contains("已超过购买后 7 天的退款期", tooLate.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.OrderRefunds.CountAsync()));
    }

    [Fact]
    public async Task Credits_come_back_by_line_and_a_line_without_money_needs_no_gateway()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();
        var number = await shopper.OrderAsync(course, credits: "100");
        await PayAsync(shopper, number);
        var order = await ReadAsync(number);
        var before = await BalanceAsync(order.UserId);
        var finance = await _shop.SignedInAsync("finance");

        await SubmitAsync(finance, await ChooseAsync(finance, $"/admin/orders/{number}/refund", order.Lines[0]), "退");

        Assert.Equal(order.Total, _shop.Alipay.Trades[number].Refunded);
        Assert.Equal(before + 100, await BalanceAsync(order.UserId));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Neither_strangers_nor_other_roles_nor_tampered_forms_move_anything()
    {
        var (shopper, order) = await PaidAsync(courses: 2);
        var other = await _shop.SignedInAsync("second");
        var mine = await ChooseAsync(shopper, $"/orders/{order.Number}/refund", order.Lines[0]);
        var (support, finance) = (await _shop.SignedInAsync("support"), await _shop.SignedInAsync("finance"));
        var staffForm = await ChooseAsync(finance, $"/admin/orders/{order.Number}/refund", order.Lines[0]);

        var strangers = await other.GetAsync($"/orders/{order.Number}/refund");
        var tampered = await shopper.SubmitAsync(mine, "form[action$=refund]", With("Reason", "多给点", "AgreedMoney", "99999999"), "提交申请");
        var foreign = await shopper.SubmitAsync(mine, "form[action$=refund]", With("Reason", "别人的", "Lines", "999999"), "提交申请");
        var byShopper = await shopper.PostAsync($"/admin/orders/{order.Number}/refund?handler=submit", [await shopper.TokenAsync(), new("Reason", "x"), new("Lines", $"{order.Lines[0].Id}"), new("AgreedMoney", $"{order.Lines[0].Amount.Fen}")]);
        var bySupport = await support.PostAsync($"/admin/orders/{order.Number}/refund?handler=submit", [await support.TokenAsync(), new("Reason", "x"), new("Lines", $"{order.Lines[0].Id}"), new("AgreedMoney", $"{order.Lines[0].Amount.Fen}")]);
        var withoutReason = await SubmitAsync(finance, staffForm, "  ");

        Assert.Equal(HttpStatusCode.NotFound, strangers.Status);
        Assert.Contains("退款内容刚刚有变动", tampered.Text, StringComparison.Ordinal);
        Assert.Contains("退款内容刚刚有变动", foreign.Text, StringComparison.Ordinal);
        Assert.All(new[] { byShopper, bySupport }, answer => Assert.NotEqual(HttpStatusCode.OK, answer.Status));
        Assert.Contains("请写下退款原因", withoutReason.Text, StringComparison.Ordinal);
        Assert.Equal((0, Money.Zero), (await _shop.ReadAsync(db => db.OrderRefunds.CountAsync()), _shop.Alipay.Trades[order.Number].Refunded));
    }

    [Fact]
    public async Task Too_much_held_money_is_accepted_once_and_the_surplus_goes_back()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        var total = (await ReadAsync(number)).Total;
        var tradeNo = await _shop.PayAtAlipayAsync(number, total + Money.Yuan(5));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, total + Money.Yuan(5)));
        var finance = await _shop.SignedInAsync("finance");
        var page = await finance.GetAsync("/admin/payments?state=attention");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => finance.SubmitAsync(page, "td form[action*=Accept]")));
        await _shop.SendRefundsAsync();

        Assert.Equal(OrderStatus.Paid, (await ReadAsync(number)).Status);
        Assert.Equal(Money.Yuan(5), _shop.Alipay.Trades[number].Refunded);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync()));
        Assert.Contains("核对后收下这笔付款", (await shopper.GetAsync($"/orders/{number}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Too_little_money_and_money_for_a_paid_order_are_not_accepted()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, await _shop.PayAtAlipayAsync(number, Money.Yuan(1)), Money.Yuan(1)));
        var finance = await _shop.SignedInAsync("finance");

        await finance.SubmitAsync(await finance.GetAsync("/admin/payments?state=attention"), "td form[action*=Accept]");
        var told = await finance.GetAsync("/admin/payments?state=attention");

        Assert.Contains("订单的价格已经固定，不能收下", told.Html, StringComparison.Ordinal);
        Assert.Equal((OrderStatus.AwaitingPayment, PaymentStatus.Held), ((await ReadAsync(number)).Status, await _shop.ReadAsync(db => db.Payments.Select(payment => payment.Status).SingleAsync())));
    }

    private async Task<(Shopper Shopper, Order Order)> PaidAsync(int courses)
    {
        var shopper = await _shop.SignedInAsync();
        for (var skip = 0; skip < courses; skip++)
            await shopper.AddToCartAsync(await _shop.PlainCourseAsync(skip));
        var cart = await shopper.GetAsync("/checkout");
        var placed = await shopper.PlaceAsync(await shopper.ChooseAsync(cart, cart.FirstCoupon(), "0"));
        var number = placed.Location!.OriginalString.Split('/')[2];
        await PayAsync(shopper, number);
        return (shopper, await ReadAsync(number));
    }

    private async Task PayAsync(Shopper shopper, string number)
    {
        await shopper.OpenPaymentAsync(number);
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        Assert.Equal("success", await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, _shop.Alipay.Trades[number].Amount)));
    }

    private static async Task<SeenPage> ChooseAsync(Shopper person, string path, OrderLine line) =>
        await person.SubmitAsync(await person.GetAsync(path), "form[action$=refund]", With("Lines", $"{line.Id}"));

    private static Task<SeenPage> SubmitAsync(Shopper person, SeenPage page, string reason) =>
        person.SubmitAsync(page, "form[action$=refund]", With("Reason", reason), page.Document.QuerySelector("form[action$=refund] .primary")!.TextContent);

    private static Dictionary<string, string> With(string name, string value, string? more = null, string? moreValue = null)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value };
        if (more is not null)
            fields[more] = moreValue!;
        return fields;
    }

    private Task<Order> ReadAsync(string number) => _shop.ReadAsync(db => db.Orders.AsNoTracking().Include(order => order.Events).Include(order => order.Lines.OrderBy(line => line.Position)).SingleAsync(order => order.Number == number));

    private Task<IssuedCouponStatus> CouponAsync(Order order) => _shop.ReadAsync(db => db.IssuedCoupons.Where(issued => issued.Id == order.IssuedCouponId).Select(issued => issued.Status).SingleAsync());

    private Task<int> BalanceAsync(long userId) => _shop.ReadAsync(db => db.CreditEntries.Where(entry => entry.UserId == userId).SumAsync(entry => entry.Amount));

    private async Task<string> LessonAsync(long courseId) => $"/learn/{courseId}/{await _shop.ReadAsync(db => db.Lessons.Where(lesson => !lesson.IsFreeTrial && db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == courseId)).Select(lesson => lesson.Id).FirstAsync())}";

    private static Dictionary<string, string> Refused(string code) => new(StringComparer.Ordinal) { ["code"] = "40004", ["msg"] = "Business Failed", ["sub_code"] = code };
}
