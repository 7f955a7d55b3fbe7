using System.Net;
using System.Text;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Payments;

public sealed class SettlementTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_genuine_notification_settles_once_and_its_repeats_are_acknowledged()
    {
        var number = await OpenedOrderAsync();
        var body = await NotificationAsync(number);

        var answers = new[] { await _shop.NotifyAsync(body), await _shop.NotifyAsync(body) };

        Assert.Equal(["success", "success"], answers);
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.Equal([NotificationVerdict.Settled], await VerdictsAsync());
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData("TRADE_FINISHED", OrderStatus.Paid, NotificationVerdict.Settled)]
    [InlineData("WAIT_BUYER_PAY", OrderStatus.AwaitingPayment, NotificationVerdict.NothingToDo)]
    [InlineData("TRADE_CLOSED", OrderStatus.AwaitingPayment, NotificationVerdict.NothingToDo)]
    [InlineData("TRADE_SUCCES", OrderStatus.AwaitingPayment, NotificationVerdict.Unreadable)]
    [InlineData("trade_success", OrderStatus.AwaitingPayment, NotificationVerdict.Unreadable)]
    public async Task The_trade_status_decides(string status, OrderStatus expected, NotificationVerdict verdict)
    {
        var number = await OpenedOrderAsync();

        var answer = await _shop.NotifyAsync(FakeAlipay.Notification(number, "2026112022001400000000000001", await TotalAsync(number), status));

        Assert.Equal("success", answer);
        Assert.Equal(expected, await _shop.StatusAsync(number));
        Assert.Equal([verdict], await VerdictsAsync());
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Another_amount_is_held_for_staff_and_the_order_stays_as_it_was(int difference)
    {
        var number = await OpenedOrderAsync();
        var amount = await TotalAsync(number) + new Money(difference);

        var answer = await _shop.NotifyAsync(FakeAlipay.Notification(number, "2026112022001400000000000001", amount));

        Assert.Equal("success", answer);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Equal((PaymentStatus.Held, (Money?)amount), await _shop.ReadAsync(db => db.Payments.Select(payment => ValueTuple.Create(payment.Status, payment.AmountReceived)).SingleAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Another_app_another_seller_and_an_unknown_number_change_nothing_and_are_acknowledged()
    {
        var number = await OpenedOrderAsync();
        var total = await TotalAsync(number);

        var answers = new[]
        {
            await _shop.NotifyAsync(FakeAlipay.Notification(number, "t1", total, appId: "2021000000009999")),
            await _shop.NotifyAsync(FakeAlipay.Notification(number, "t2", total, sellerId: "2088000000000000")),
            await _shop.NotifyAsync(FakeAlipay.Notification("20260101000000", "t3", total)),
        };

        Assert.Equal(["success", "success", "success"], answers);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Equal([NotificationVerdict.NotOurs, NotificationVerdict.NotOurs, NotificationVerdict.UnknownNumber], await VerdictsAsync());
    }

    [Fact]
    public async Task A_forged_notification_is_answered_fail_and_too_many_are_slowed_down()
    {
        var number = await OpenedOrderAsync();
        var forged = (await NotificationAsync(number)).Replace("total_amount=", "total_amount=9", StringComparison.Ordinal);

        var answers = new List<HttpStatusCode>();
        using var client = _shop.CreateClient();
        for (var tries = 0; tries < 40; tries++)
            answers.Add((await client.PostAsync("/payments/alipay/notify", new StringContent(forged, Encoding.ASCII, "application/x-www-form-urlencoded"))).StatusCode);

        Assert.Equal("fail", await _shop.NotifyAsync(forged));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.All(await VerdictsAsync(), verdict => Assert.Equal(NotificationVerdict.Forged, verdict));
        _shop.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("success", await _shop.NotifyAsync(await NotificationAsync(number)));
    }

    [Fact]
    public async Task A_notification_may_come_as_a_malformed_media_type_and_never_as_a_flood()
    {
        var number = await OpenedOrderAsync();
        using var client = _shop.CreateClient();
        using var odd = new ByteArrayContent(Encoding.ASCII.GetBytes(await NotificationAsync(number)));
        odd.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; text/html; charset=utf-8");
        using var flood = new ByteArrayContent(new byte[70_000]);

        var answer = await client.PostAsync("/payments/alipay/notify", odd);
        var refused = await client.PostAsync("/payments/alipay/notify", flood);

        Assert.Equal("success", await answer.Content.ReadAsStringAsync());
        Assert.Equal(("fail", HttpStatusCode.RequestEntityTooLarge), (await refused.Content.ReadAsStringAsync(), refused.StatusCode));
    }

    [Fact]
    public async Task A_second_trade_of_a_paid_order_is_kept_apart_to_be_refunded()
    {
        var number = await OpenedOrderAsync();
        var total = await TotalAsync(number);

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "trade-one", total));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "trade-two", total));

        Assert.Equal([NotificationVerdict.Settled, NotificationVerdict.Second], await VerdictsAsync());
        Assert.Equal(2, await _shop.ReadAsync(db => db.Payments.CountAsync(payment => payment.AmountReceived == total)));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Late_money_revives_what_can_still_be_given(bool withCoupon)
    {
        var (shopper, number) = await TimedOutOrderAsync(withCoupon);

        var answer = await _shop.NotifyAsync(FakeAlipay.Notification(number, "late", await TotalAsync(number)));

        Assert.Equal("success", answer);
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.Contains("课程已补开", (await shopper.GetAsync($"/orders/{number}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Late_money_for_a_coupon_that_was_used_elsewhere_waits_to_be_refunded()
    {
        var (shopper, number) = await TimedOutOrderAsync(withCoupon: true);
        var coupon = await _shop.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.IssuedCouponId).SingleAsync());
        await shopper.OrderAsync(await _shop.PlainCourseAsync(2), $"{coupon}");

        var answer = await _shop.NotifyAsync(FakeAlipay.Notification(number, "late", await TotalAsync(number)));

        Assert.Equal("success", answer);
        Assert.Equal(OrderStatus.TimedOut, await _shop.StatusAsync(number));
        Assert.Equal([NotificationVerdict.Late], await VerdictsAsync());
        Assert.Contains("原路退回", (await shopper.GetAsync($"/orders/{number}/result")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Late_money_for_a_course_that_was_bought_again_waits_to_be_refunded()
    {
        var (shopper, number) = await TimedOutOrderAsync(withCoupon: false);
        var again = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(again);
        await _shop.NotifyAsync(await NotificationAsync(again));

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "late", await TotalAsync(number)));

        Assert.Equal([NotificationVerdict.Settled, NotificationVerdict.Late], await VerdictsAsync());
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_return_alone_proves_nothing()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);

        var returned = await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, "2026112022001400000000000001", await TotalAsync(number)));
        var result = await shopper.GetAsync(returned.Location!.OriginalString);
        var tampered = await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, "x", Money.Yuan(1)).Replace("1.00", "2.00", StringComparison.Ordinal));
        var stranger = await (await _shop.SignedInAsync("second")).GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, "x", Money.Yuan(1)));

        Assert.Contains("暂未收到您的付款", result.Text, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Equal(HttpStatusCode.BadRequest, tampered.Status);
        Assert.Equal((HttpStatusCode.OK, false), (stranger.Status, stranger.Text.Contains(number, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_buyer_who_comes_back_from_alipay_after_cancelling_in_another_tab_is_asked_for()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form[action$=cancel]");
        Assert.Equal(OrderStatus.Cancelled, await _shop.StatusAsync(number));
        var tradeNo = await _shop.PayAtAlipayAsync(number);

        await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, tradeNo, await TotalAsync(number)));

        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(AlipayMood.Down)]
    [InlineData(AlipayMood.Slow)]
    [InlineData(AlipayMood.Garbage)]
    [InlineData(AlipayMood.Truncated)]
    [InlineData(AlipayMood.Unsigned)]
    [InlineData(AlipayMood.Forged)]
    [InlineData(AlipayMood.Unreachable)]
    [InlineData(AlipayMood.WrongTrade)]
    [InlineData(AlipayMood.Busy)]
    public async Task A_gateway_that_answers_badly_settles_nothing_cancels_nothing_and_is_asked_again(AlipayMood mood)
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await _shop.PayAtAlipayAsync(number);
        _shop.Alipay.Mood = mood;

        var check = await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form.buybar", button: "我已完成支付");
        var cashier = await shopper.GetAsync(check.Location!.OriginalString);
        await shopper.SubmitAsync(cashier, "form[action$=cancel]");
        var whileBad = await _shop.StatusAsync(number);
        _shop.Alipay.Mood = AlipayMood.Well;
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();

        Assert.Contains("支付结果确认中，请勿重复付款", cashier.Html, StringComparison.Ordinal);
        Assert.Equal(OrderStatus.AwaitingPayment, whileBad);
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_trade_closed_at_alipay_is_followed_by_an_attempt_with_a_new_number()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "closed", await TotalAsync(number), "TRADE_CLOSED"));

        var opened = await shopper.OpenPaymentAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification($"{number}_2", "paid", await TotalAsync(number)));

        Assert.Contains($"{number}_2", Uri.UnescapeDataString(opened.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(0, "TRADE_SUCCESS", NotificationVerdict.NothingToDo)]
    [InlineData(1, "TRADE_SUCCESS", NotificationVerdict.RefundElsewhere)]
    [InlineData(-1, "TRADE_CLOSED", NotificationVerdict.RefundElsewhere)]
    public async Task A_refund_that_the_shop_never_asked_for_is_shown_to_staff_and_changes_nothing(int fen, string status, NotificationVerdict verdict)
    {
        var number = await OpenedOrderAsync();
        await _shop.NotifyAsync(await NotificationAsync(number));
        var (tradeNo, total) = ($"2026112022001400{number[^12..]}", await TotalAsync(number));

        await _shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, total, status, refunded: fen < 0 ? total : new Money(fen), paidAt: _shop.Clock.GetUtcNow()));

        Assert.Equal([NotificationVerdict.Settled, verdict], await VerdictsAsync());
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.Equal(verdict == NotificationVerdict.RefundElsewhere, (await _shop.ReadAsync(db => db.PaymentNotifications.NeedingAPerson().CountAsync())) == 1);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_refund_of_the_shops_own_is_no_news_while_it_is_open_nor_when_it_is_done_but_a_fen_more_is()
    {
        var number = await OpenedOrderAsync();
        var total = await TotalAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "two", total)); // a second payment goes back by itself

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "two", total, "TRADE_CLOSED", refunded: total));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total, refunded: new Money(1)));

        Assert.Equal([NotificationVerdict.Settled, NotificationVerdict.Second, NotificationVerdict.NothingToDo, NotificationVerdict.RefundElsewhere], await VerdictsAsync());
    }

    [Fact]
    public async Task What_went_back_before_the_payment_was_known_is_no_news_either()
    {
        var number = await OpenedOrderAsync();
        var total = await TotalAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total, refunded: new Money(100)));

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total, refunded: new Money(100)));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total, refunded: new Money(101)));

        Assert.Equal([NotificationVerdict.Held, NotificationVerdict.NothingToDo, NotificationVerdict.RefundElsewhere], await VerdictsAsync());
    }

    [Fact]
    public async Task Staff_read_of_a_refund_made_elsewhere()
    {
        var number = await OpenedOrderAsync();
        var total = await TotalAsync(number);
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "one", total, refunded: total));

        var staff = await _shop.SignedInAsync("finance");
        var front = await staff.GetAsync("/admin");
        var list = await staff.GetAsync("/admin/notifications?state=refundelsewhere");

        Assert.Contains("在支付宝退过款，不是本店退的", front.Text, StringComparison.Ordinal);
        Assert.Contains(number, list.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string> BusinessVectors() => Vectors.Ids("notify_business.json");

    [Theory]
    [MemberData(nameof(BusinessVectors))]
    public async Task Every_business_vector_has_its_effect(string id)
    {
        var @case = Vectors.Case("notify_business.json", id);
        var order = @case.GetProperty("order");
        var state = order.GetProperty("state").GetString();
        Assert.True(Money.TryParseYuan(order.GetProperty("total_amount").GetString(), out var amount));
        var number = await OpenedOrderAsync();
        await RenumberAsync(number, order.GetProperty("out_trade_no").GetString()!, amount);
        var body = Encoding.ASCII.GetString(@case.GetProperty("body_b64").GetBytesFromBase64());
        if (state == "paid")
            await _shop.NotifyAsync(FakeAlipay.Notification(order.GetProperty("out_trade_no").GetString()!, "2026030122001400001000000001", amount, notifyId: @case.GetProperty("already_processed_notify_ids").EnumerateArray().Select(item => item.GetString()).FirstOrDefault()));
        if (state == "closed")
            await TimeOutAsync();

        var answer = await _shop.NotifyAsync(body);

        Assert.Equal("success", answer);
        Assert.Equal(@case.GetProperty("expect_action").GetString() switch
        {
            "fulfil" or "paid_late" => OrderStatus.Paid,
            "ack_no_change" or "record_refund" when state == "paid" => OrderStatus.Paid,
            _ => OrderStatus.AwaitingPayment,
        }, await _shop.ReadAsync(db => db.Orders.Select(found => found.Status).SingleAsync()));
        Assert.Equal(@case.GetProperty("expect_action").GetString() switch
        {
            "fulfil" or "paid_late" => NotificationVerdict.Settled,
            "record_refund" => NotificationVerdict.RefundElsewhere,
            "paid_then_refund" => NotificationVerdict.Held,
            "reject" => RejectedAs(id),
            _ when id == "duplicate" => NotificationVerdict.Settled, // the first delivery's
            _ => NotificationVerdict.NothingToDo,
        }, (await VerdictsAsync())[^1]);
        await _shop.AssertHoldAsync();
    }

    private static NotificationVerdict RejectedAs(string id) => id switch
    {
        "unknown-order" => NotificationVerdict.UnknownNumber,
        "wrong-seller" or "wrong-app" => NotificationVerdict.NotOurs,
        "unknown-status" or "lower-case-status" => NotificationVerdict.Unreadable,
        _ => NotificationVerdict.Held, // genuine money of another amount
    };

    /// <summary>Gives the one order of this shop the number and the amount that a vector speaks of.</summary>
    private Task RenumberAsync(string number, string outTradeNo, Money amount) => _shop.WriteAsync(async db =>
    {
        await db.Database.ExecuteSqlAsync($"UPDATE Payments SET OutTradeNo = {outTradeNo}, Amount = {amount.Fen}");
        await db.Database.ExecuteSqlAsync($"UPDATE Orders SET Total = {amount.Fen}, ListTotal = {amount.Fen} WHERE Number = {number}");
        await db.Database.ExecuteSqlAsync($"UPDATE OrderLines SET Amount = {amount.Fen}, Price = {amount.Fen}, ListPrice = {amount.Fen}");
    });

    private async Task<string> OpenedOrderAsync()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        return number;
    }

    private async Task<(Shopper Shopper, string Number)> TimedOutOrderAsync(bool withCoupon)
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();
        var number = await shopper.OrderAsync(course, withCoupon ? (await shopper.GetAsync($"/checkout?course={course}")).FirstCoupon() : "");
        await shopper.OpenPaymentAsync(number);
        await TimeOutAsync();
        Assert.Equal(OrderStatus.TimedOut, await _shop.StatusAsync(number));
        return (shopper, number);
    }

    private async Task TimeOutAsync()
    {
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();
    }

    private async Task<string> NotificationAsync(string number) => FakeAlipay.Notification(number, $"2026112022001400{number[^12..]}", await TotalAsync(number), notifyId: $"notify-{number}");

    private Task<Money> TotalAsync(string number) => _shop.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Total).SingleAsync());

    private Task<List<NotificationVerdict>> VerdictsAsync() =>
        _shop.ReadAsync(db => db.PaymentNotifications.OrderBy(notification => notification.Id).Select(notification => notification.Verdict).ToListAsync());
}
