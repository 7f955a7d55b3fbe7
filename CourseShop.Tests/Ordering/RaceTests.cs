using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>Many at once, over HTTP, on one order, coupon, balance or deadline; on one server and on two that share a database.</summary>
public sealed class RaceTests : IDisposable
{
    private readonly ShopHost _shop = new();
    private readonly ShopHost _other;

    public RaceTests()
    {
        _ = _shop.Services;
        _other = _shop.Beside();
    }

    public void Dispose()
    {
        _other.Dispose();
        _shop.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fifty_identical_notifications_settle_once(bool onTwoServers)
    {
        var (_, number) = await OpenedOrderAsync();
        var body = FakeAlipay.Notification(number, "trade", await TotalAsync(number), notifyId: "one");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(turn => (onTwoServers && turn % 2 == 1 ? _other : _shop).NotifyAsync(body)));

        Assert.All(answers, answer => Assert.Equal("success", answer));
        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync()));
        Assert.Equal(1, await _shop.ReadAsync(db => db.PaymentNotifications.CountAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Two_trades_of_one_number_settle_one_and_keep_the_other_apart()
    {
        var (_, number) = await OpenedOrderAsync();
        var total = await TotalAsync(number);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => _shop.NotifyAsync(FakeAlipay.Notification(number, turn % 2 == 0 ? "trade-a" : "trade-b", total))));

        Assert.All(answers, answer => Assert.Equal("success", answer));
        var states = await _shop.ReadAsync(db => db.Payments.Select(payment => payment.Status).ToListAsync());
        Assert.Equal([PaymentStatus.Settled, PaymentStatus.Second], states.Order());
        await _shop.AssertHoldAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task Notification_return_poll_sweep_and_cancel_at_once_have_one_end(int minutesLater)
    {
        var (shopper, number) = await OpenedOrderAsync();
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        var total = await TotalAsync(number);
        var cashier = await shopper.GetAsync($"/orders/{number}/pay");
        _shop.Clock.Advance(TimeSpan.FromMinutes(minutesLater));

        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(turn => new Task[]
        {
            (turn % 2 == 0 ? _shop : _other).NotifyAsync(FakeAlipay.Notification(number, tradeNo, total)),
            shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, tradeNo, total)),
            shopper.SubmitAsync(cashier, "form.buybar", button: "我已完成支付"),
            shopper.SubmitAsync(cashier, "form[action$=cancel]"),
            (turn % 2 == 0 ? _other : _shop).SweepAsync(),
        }));

        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Enrollments.CountAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_cancel_that_races_the_buyers_payment_loses_no_money()
    {
        foreach (var round in Enumerable.Range(0, 5))
        {
            var shopper = await _shop.SignedInAsync();
            var number = await shopper.OrderAsync(await _shop.PlainCourseAsync(round));
            await shopper.OpenPaymentAsync(number);
            var cashier = await shopper.GetAsync($"/orders/{number}/pay");
            _shop.Alipay.Trades[number] = new FakeTrade($"race-{round}", await TotalAsync(number), "WAIT_BUYER_PAY");

            await Task.WhenAll(
                shopper.SubmitAsync(cashier, "form[action$=cancel]"),
                Task.Run(async () =>
                {
                    var trade = _shop.Alipay.Trades[number];
                    if (trade.Status == "WAIT_BUYER_PAY" && _shop.Alipay.Trades.TryUpdate(number, trade with { Status = "TRADE_SUCCESS", PaidAt = _shop.Clock.Now }, trade))
                        await _shop.NotifyAsync(FakeAlipay.Notification(number, $"race-{round}", await TotalAsync(number)));
                }));

            var isPaidThere = _shop.Alipay.Trades[number].Status == "TRADE_SUCCESS";
            Assert.Equal(isPaidThere ? OrderStatus.Paid : OrderStatus.Cancelled, await _shop.StatusAsync(number));
        }

        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_same_checkout_posted_twenty_times_makes_one_order()
    {
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.ConfirmAsync(await _shop.PlainCourseAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.PlaceAsync(confirm)));

        Assert.Single(answers.Select(answer => answer.Location!.OriginalString).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Orders.CountAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Two_tabs_with_the_same_course_make_one_order()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();
        var tabs = new[] { await shopper.ConfirmAsync(course), await shopper.ConfirmAsync(course) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => shopper.PlaceAsync(tabs[turn % 2])));

        Assert.Single(answers.Select(answer => answer.Location!.OriginalString).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task One_coupon_in_many_checkouts_discounts_one_order()
    {
        var shopper = await _shop.SignedInAsync();
        var sameShopper = await _other.SignedInAsync();
        var courses = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => _shop.PlainCourseAsync(index)));
        var coupon = (await shopper.GetAsync($"/checkout?course={courses[0]}")).FirstCoupon();
        var pages = await Task.WhenAll(courses.Select(async (course, index) =>
        {
            var person = index % 2 == 0 ? shopper : sameShopper;
            return (person, confirm: await person.ChooseAsync(await person.GetAsync($"/checkout?course={course}"), coupon));
        }));

        var answers = await Task.WhenAll(pages.Select(page => page.person.PlaceAsync(page.confirm)));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Redirect));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Redirect), answer => Assert.Contains("优惠券已被使用或已过期", answer.Text, StringComparison.Ordinal));
        Assert.Equal(1, await _shop.ReadAsync(db => db.IssuedCoupons.CountAsync(issued => issued.Status == IssuedCouponStatus.Held)));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Credits_are_spent_once_and_the_balance_never_falls_below_zero()
    {
        var userId = await _shop.UserIdAsync("shopper");
        await _shop.WriteAsync(async db => db.CreditEntries.Add(new CreditEntry(userId, 30 - (int)await db.CreditEntries.Where(entry => entry.UserId == userId).SumAsync(entry => (long)entry.Amount), CreditKind.Granted, "test:leave-30", null, _shop.Clock.Now)));
        var shopper = await _shop.SignedInAsync();
        var sameShopper = await _other.SignedInAsync();
        var courses = await _shop.ReadAsync(db => db.Courses.Where(course => course.MaxCredits >= 30 && course.Terms.Count == 1 && course.ListPrice > Money.Yuan(20) && !db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id)).OrderBy(course => course.Id).Select(course => course.Id).Take(8).ToListAsync());
        var pages = await Task.WhenAll(courses.Select(async (course, index) =>
        {
            var person = index % 2 == 0 ? shopper : sameShopper;
            return (person, confirm: await person.ChooseAsync(await person.GetAsync($"/checkout?course={course}"), "", "30"));
        }));

        var answers = await Task.WhenAll(pages.Select(page => page.person.PlaceAsync(page.confirm)));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Redirect));
        Assert.Equal(0, await _shop.CreditsAsync(userId));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Two_sweepers_close_each_order_once()
    {
        var shopper = await _shop.SignedInAsync();
        foreach (var index in Enumerable.Range(0, 6))
        {
            var course = await _shop.PlainCourseAsync(index);
            var number = await shopper.OrderAsync(course, credits: "10");
            if (index % 2 == 0)
                await shopper.OpenPaymentAsync(number);
        }

        _shop.Clock.Advance(TimeSpan.FromMinutes(16));
        var ended = await Task.WhenAll(_shop.SweepAsync(), _other.SweepAsync(), _shop.SweepAsync(), _other.SweepAsync());

        Assert.Equal(6, ended.Sum());
        Assert.Equal(6, await _shop.ReadAsync(db => db.OrderEvents.CountAsync(step => step.Kind == OrderEventKind.TimedOut)));
        Assert.All(await _shop.ReadAsync(db => db.Orders.Select(order => order.Status).ToListAsync()), status => Assert.Equal(OrderStatus.TimedOut, status));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_close_that_alipay_answers_with_paid_becomes_a_paid_order()
    {
        var (_, number) = await OpenedOrderAsync();
        var total = await TotalAsync(number);
        _shop.Alipay.Trades[number] = new FakeTrade("between", total, "WAIT_BUYER_PAY");
        _shop.Alipay.Script = (method, _) =>
        {
            if (method == "alipay.trade.close")
                _shop.Alipay.Trades[number] = new FakeTrade("between", total, "TRADE_SUCCESS", _shop.Clock.Now);
            return null;
        };
        _shop.Clock.Advance(TimeSpan.FromMinutes(16));

        await _shop.SweepAsync();

        Assert.Equal(OrderStatus.Paid, await _shop.StatusAsync(number));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task A_price_change_in_the_midst_of_checkouts_leaves_each_order_with_one_price_in_whole()
    {
        var shoppers = await Task.WhenAll(_shop.SignedInAsync(), _shop.SignedInAsync("second"), _other.SignedInAsync("author"));
        var course = await _shop.PlainCourseAsync();
        var pages = await Task.WhenAll(shoppers.Select(async person => (person, confirm: await person.ConfirmAsync(course))));

        await Task.WhenAll(pages.Select(page => (Task)page.person.PlaceAsync(page.confirm)).Append(_shop.WriteAsync(async db =>
            (await db.Courses.Include(found => found.Terms).SingleAsync(found => found.Id == course)).Reprice(await db.AccessTerms.Where(term => term.CourseId == course).Select(term => term.Id).SingleAsync(), Money.Yuan(9)))));

        await _shop.AssertHoldAsync();
        Assert.All(await _shop.ReadAsync(db => db.Orders.Select(order => order.Total).ToListAsync()), total => Assert.NotEqual(Money.Yuan(9), total));
    }

    [Fact]
    public async Task Putting_one_course_into_the_cart_twenty_times_makes_one_row()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.GetCoursePageAsync(shopper);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shopper.SubmitAsync(course, "form.buy", button: "加入购物车")));

        Assert.Equal(1, await _shop.ReadAsync(db => db.CartItems.CountAsync()));
    }

    private async Task<(Shopper Shopper, string Number)> OpenedOrderAsync()
    {
        var shopper = await _shop.SignedInAsync();
        var number = await shopper.OrderAsync(await _shop.PlainCourseAsync());
        await shopper.OpenPaymentAsync(number);
        return (shopper, number);
    }

    private Task<Money> TotalAsync(string number) => _shop.ReadAsync(db => db.Orders.Where(order => order.Number == number).Select(order => order.Total).SingleAsync());
}
