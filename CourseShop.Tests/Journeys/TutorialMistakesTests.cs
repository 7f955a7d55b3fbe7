using System.Net;
using System.Reflection;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

/// <summary>The sixteen mistakes of the tutorials (PRODUCT 10), each by what is right here. Depth is elsewhere: CheckoutTests, SettlementTests, RaceTests.</summary>
public sealed class TutorialMistakesTests : IAsyncLifetime
{
    private readonly ShopHost _shop = new();
    private Shopper _buyer = null!;
    private long _buyerId;
    private long _course;
    private Money _price;

    public async Task InitializeAsync()
    {
        _buyer = await _shop.SignedInAsync();
        _buyerId = await _shop.UserIdAsync("shopper");
        _course = await _shop.PlainCourseAsync();
        _price = await _shop.ReadAsync(db => db.Courses.Where(course => course.Id == _course).Select(course => course.ListPrice).SingleAsync());
    }

    public async Task DisposeAsync()
    {
        await _shop.AssertHoldAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task M01_Paying_and_asking_are_the_owners_alone()
    {
        var number = await _buyer.OrderAsync(_course);
        var stranger = await _shop.SignedInAsync("second");
        var token = await stranger.TokenAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/orders/{number}/pay", [token])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/orders/{number}/pay?handler=check", [token])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/orders/{number}/state")).Status);

        Assert.Equal([PaymentStatus.Created], await _shop.ReadAsync(db => db.Payments.Select(payment => payment.Status).ToListAsync()));
        Assert.Empty(_shop.Alipay.Calls);
    }

    [Fact]
    public async Task M02_A_genuine_return_pays_nothing_by_itself()
    {
        var number = await OpenedAsync();

        await _buyer.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, "2026112022001400000000000001", _price));

        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Contains(("alipay.trade.query", number), _shop.Alipay.Calls);
    }

    [Fact]
    public async Task M03_Reloading_the_return_grants_once()
    {
        var number = await OpenedAsync();
        var trade = await _shop.PayAtAlipayAsync(number);

        foreach (var _ in Enumerable.Range(0, 3))
            await _buyer.FollowAsync("/payments/alipay/return" + FakeAlipay.Return(number, trade, _price));

        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync(grant => grant.UserId == _buyerId)));
    }

    [Fact]
    public async Task M04_A_notification_must_name_this_amount_this_app_and_this_seller()
    {
        var number = await OpenedAsync();

        await _shop.NotifyAsync(FakeAlipay.Notification(number, "1", _price, appId: "2021000199900009"));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "2", _price, sellerId: "2088000000000000"));
        await _shop.NotifyAsync(FakeAlipay.Notification(number, "3", new Money(1)));

        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
        Assert.Equal([NotificationVerdict.NotOurs, NotificationVerdict.NotOurs, NotificationVerdict.Held], await _shop.ReadAsync(db => db.PaymentNotifications.OrderBy(kept => kept.Id).Select(kept => kept.Verdict).ToListAsync()));
    }

    [Fact]
    public async Task M05_Money_for_a_cancelled_order_is_acknowledged_and_not_lost()
    {
        var number = await OpenedAsync();
        await CancelAsync(number);

        var answer = await _shop.NotifyAsync(FakeAlipay.Notification(number, "2026112022001400000000000005", _price));

        Assert.Equal("success", answer);
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.True(await _shop.ReadAsync(db => db.Enrollments.AnyAsync(grant => grant.CourseId == _course)));
    }

    [Theory]
    [InlineData("someone else's")]
    [InlineData("used")]
    [InlineData("expired")]
    [InlineData("for another course")]
    [InlineData("from a higher price on")]
    public async Task M06_A_coupon_is_taken_only_where_it_holds(string coupon)
    {
        var id = await GiveAsync(coupon == "someone else's" ? await _shop.UserIdAsync("second") : _buyerId, Money.Yuan(10),
            scopeIds: coupon == "for another course" ? [_course + 1] : [], threshold: coupon == "from a higher price on" ? _price + new Money(1) : Money.Zero);
        if (coupon == "used")
        {
            var number = await _buyer.OrderAsync(await _shop.PlainCourseAsync(1), $"{id}");
            await _buyer.OpenPaymentAsync(number);
            await _shop.PayAtAlipayAsync(number);
            await _buyer.GetAsync($"/orders/{number}/result");
        }

        if (coupon == "expired")
            _shop.Clock.Advance(TimeSpan.FromDays(4));
        var confirm = await _buyer.ConfirmAsync(_course);
        var placed = await _buyer.SubmitAsync(confirm, "main form", Fields(("Coupon", $"{id}"), ("AgreedTotal", $"{(_price - Money.Yuan(10)).Fen}")), button: "提交订单");

        Assert.Equal(HttpStatusCode.OK, placed.Status);
        Assert.NotNull(placed.Document.QuerySelector(".notice.bad"));
        Assert.False(await _shop.ReadAsync(db => db.OrderLines.AnyAsync(line => line.CourseId == _course)));
    }

    [Fact]
    public async Task M07_A_total_never_falls_below_zero()
    {
        var coupon = await GiveAsync(_buyerId, Money.Yuan(1_000_000));

        var number = await _buyer.OrderAsync(_course, $"{coupon}");

        var order = await _shop.ReadAsync(db => db.Orders.SingleAsync(order => order.Number == number));
        Assert.Equal((Money.Zero, _price, OrderStatus.Paid), (order.Total, order.CouponDiscount, order.Status));
    }

    [Fact]
    public async Task M08_A_balance_is_the_sum_of_rows_that_are_only_added()
    {
        var before = await LedgerAsync();

        var number = await _buyer.OrderAsync(_course, credits: "10");
        var held = await LedgerAsync();
        await CancelAsync(number);
        var after = await LedgerAsync();

        Assert.Equal([.. before, -10], held);
        Assert.Equal([.. before, -10, 10], after);
    }

    [Fact]
    public async Task M09_The_cart_loses_what_was_ordered_and_only_then()
    {
        await _buyer.AddToCartAsync(_course);
        var confirm = await _buyer.ChooseAsync(await _buyer.GetAsync("/checkout"), "", "0");

        await _buyer.SubmitAsync(confirm, "main form", Fields(("AgreedTotal", "1")), button: "提交订单");
        var refused = await _shop.ReadAsync(db => db.CartItems.CountAsync());
        await _buyer.PlaceAsync(confirm);

        Assert.Equal((1, 0), (refused, await _shop.ReadAsync(db => db.CartItems.CountAsync())));
    }

    [Fact]
    public void M10_Money_is_never_a_fraction()
    {
        var types = typeof(Order).Assembly.GetTypes().Where(type => type.Namespace is { } place && new[] { "Ordering", "Payments", "Pricing", "Promotions", "Carts", "Catalog", "Common" }.Contains(place.Split('.').ElementAtOrDefault(1)));

        var fields = types.SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).Where(field => !field.Name.Contains(nameof(OrderingOptions.RefundMaxProgress), StringComparison.Ordinal)); // a share of lessons
        Assert.DoesNotContain(fields, field => field.FieldType == typeof(float) || field.FieldType == typeof(double) || field.FieldType == typeof(decimal));
    }

    [Fact]
    public async Task M11_Orders_of_one_moment_have_numbers_of_their_own()
    {
        var stranger = await _shop.SignedInAsync("second");

        var numbers = await Task.WhenAll(_buyer.OrderAsync(_course), stranger.OrderAsync(_course));

        Assert.NotEqual(numbers[0], numbers[1]);
        Assert.All(numbers, number => Assert.StartsWith(_shop.Clock.Now.ToBeijing().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture), number, StringComparison.Ordinal));
    }

    [Fact]
    public async Task M12_The_sweeper_asks_closes_at_Alipay_and_gives_back()
    {
        var coupon = await GiveAsync(_buyerId, Money.Yuan(10));
        var number = await _buyer.OrderAsync(_course, $"{coupon}");
        await _buyer.OpenPaymentAsync(number);
        _shop.Alipay.Trades[number] = new FakeTrade("2026112022001400000000000012", _price - Money.Yuan(10), "WAIT_BUYER_PAY");

        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        await _shop.SweepAsync();

        Assert.Equal(OrderStatus.TimedOut, await _shop.StatusAsync(number));
        Assert.Equal(["alipay.trade.query", "alipay.trade.close"], _shop.Alipay.Calls.Select(call => call.Method));
        Assert.Equal("TRADE_CLOSED", _shop.Alipay.Trades[number].Status);
        Assert.Equal(IssuedCouponStatus.Available, await StatusOfAsync(coupon));
    }

    [Fact]
    public async Task M12_An_order_that_was_never_opened_gives_its_coupon_back_and_no_other_does()
    {
        var (held, heldLater) = (await GiveAsync(_buyerId, Money.Yuan(10)), await GiveAsync(_buyerId, Money.Yuan(10)));
        var number = await _buyer.OrderAsync(_course, $"{held}");
        _shop.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = await _buyer.OrderAsync(await _shop.PlainCourseAsync(1), $"{heldLater}");

        _shop.Clock.Advance(TimeSpan.FromMinutes(6));
        await _shop.SweepAsync();

        Assert.Equal((OrderStatus.TimedOut, IssuedCouponStatus.Available), (await _shop.StatusAsync(number), await StatusOfAsync(held)));
        Assert.Equal((OrderStatus.AwaitingPayment, IssuedCouponStatus.Held), (await _shop.StatusAsync(later), await StatusOfAsync(heldLater)));
        Assert.Empty(_shop.Alipay.Calls);
    }

    [Fact]
    public async Task M13_What_was_handled_is_acknowledged_every_time()
    {
        var number = await OpenedAsync();
        var body = FakeAlipay.Notification(number, "2026112022001400000000000013", _price);

        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal("success", await _shop.NotifyAsync(body));
    }

    [Fact]
    public async Task M14_A_coupon_works_in_one_order()
    {
        var coupon = await GiveAsync(_buyerId, Money.Yuan(10));
        var second = await _buyer.ConfirmAsync(await _shop.PlainCourseAsync(1));
        await _buyer.OrderAsync(_course, $"{coupon}");

        var placed = await _buyer.SubmitAsync(second, "main form", Fields(("Coupon", $"{coupon}")), button: "提交订单");

        Assert.Contains("优惠券已被使用或已过期", placed.Text, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task M15_Cancelling_ends_the_order_and_gives_everything_back()
    {
        var coupon = await GiveAsync(_buyerId, Money.Yuan(10));
        var number = await _buyer.OrderAsync(_course, $"{coupon}");
        await _buyer.OpenPaymentAsync(number);

        await CancelAsync(number);

        Assert.Equal(OrderStatus.Cancelled, await _shop.StatusAsync(number));
        Assert.Equal(IssuedCouponStatus.Available, await StatusOfAsync(coupon));
        Assert.Equal([PaymentStatus.Closed], await _shop.ReadAsync(db => db.Payments.Select(payment => payment.Status).ToListAsync()));
    }

    [Fact]
    public async Task M16_The_shopper_sends_no_price()
    {
        var confirm = await _buyer.ConfirmAsync(_course);

        var placed = await _buyer.SubmitAsync(confirm, "main form", Fields(("AgreedTotal", "1"), ("Price", "1"), ("Total", "1"), ("Amount", "0.01"), ("total_amount", "0.01")), button: "提交订单");

        Assert.Contains($"价格刚刚有变动，请确认新的金额：{_price}", placed.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    private async Task<string> OpenedAsync()
    {
        var number = await _buyer.OrderAsync(_course);
        await _buyer.OpenPaymentAsync(number);
        return number;
    }

    private async Task CancelAsync(string number) =>
        Assert.Equal(HttpStatusCode.Redirect, (await _buyer.SubmitAsync(await _buyer.GetAsync($"/orders/{number}/pay"), "form[action$=cancel]")).Status);

    /// <summary>A coupon of that worth for three days.</summary>
    private async Task<long> GiveAsync(long user, Money amount, IReadOnlyList<long>? scopeIds = null, Money threshold = default)
    {
        IssuedCoupon? issued = null;
        await _shop.WriteAsync(async db =>
        {
            var coupon = db.Add(new Coupon("试券", CouponKind.Amount, scopeIds is { Count: > 0 } ? CouponScope.Courses : CouponScope.All, CouponBase.Subtotal)
                .Worth(amount, 10_000, null, threshold, scopeIds ?? []).Issuing(3, null, null, 1, false, null)).Entity;
            await db.SaveChangesAsync();
            issued = db.Add(coupon.IssueTo(user, 0, _shop.Clock.Now).Value!).Entity;
        });
        return issued!.Id;
    }

    private Task<IssuedCouponStatus> StatusOfAsync(long coupon) => _shop.ReadAsync(db => db.IssuedCoupons.Where(issued => issued.Id == coupon).Select(issued => issued.Status).SingleAsync());

    private Task<List<int>> LedgerAsync() => _shop.ReadAsync(db => db.CreditEntries.Where(entry => entry.UserId == _buyerId).OrderBy(entry => entry.Id).Select(entry => entry.Amount).ToListAsync());

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
}
