using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

public sealed class CheckoutTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Buying_now_leads_from_the_confirm_page_over_alipay_to_a_course_that_is_open()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();

        var number = await shopper.OrderAsync(course);
        var toAlipay = await shopper.OpenPaymentAsync(number);
        var tradeNo = await _shop.PayAtAlipayAsync(number);
        var returned = await shopper.GetAsync("/payments/alipay/return" + FakeAlipay.Return(number, tradeNo, _shop.Alipay.Trades[number].Amount));
        var result = await shopper.GetAsync($"/orders/{number}/result");

        Assert.StartsWith(FakeAlipay.GatewayUrl, toAlipay.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal($"/orders/{number}/result", returned.Location!.OriginalString);
        Assert.Contains("您已成功购买 1 门课程", result.Text, StringComparison.Ordinal);
        Assert.Contains(tradeNo, result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("需要购买", (await shopper.FollowAsync($"/learn/{course}")).Text, StringComparison.Ordinal);
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_cart_is_emptied_of_what_was_bought_and_of_nothing_else()
    {
        var shopper = await _shop.SignedInAsync();
        var (first, second) = (await _shop.PlainCourseAsync(), await _shop.PlainCourseAsync(1));
        await shopper.AddToCartAsync(first);
        await shopper.AddToCartAsync(second);

        var cart = await shopper.GetAsync("/cart");
        await shopper.PostAsync("/cart", [.. TokenOf(cart), new("selected", $"{first}")]);
        var placed = await shopper.PlaceAsync(await shopper.GetAsync("/checkout"));

        Assert.Equal(HttpStatusCode.Redirect, placed.Status);
        Assert.Equal([second], await _shop.ReadAsync(db => db.CartItems.Select(item => item.CourseId).ToListAsync()));
    }

    [Fact]
    public async Task A_price_that_moved_is_told_and_not_charged()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.PlainCourseAsync();
        var confirm = await shopper.ConfirmAsync(course);

        await _shop.WriteAsync(async db => (await db.Courses.Include(found => found.Terms).SingleAsync(found => found.Id == course)).Reprice(
            await db.AccessTerms.Where(term => term.CourseId == course).Select(term => term.Id).SingleAsync(), Money.Yuan(777)));
        var refused = await shopper.PlaceAsync(confirm);
        var agreed = await shopper.PlaceAsync(refused);

        Assert.Contains("价格刚刚有变动，请确认新的金额：¥777.00", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, agreed.Status);
        Assert.Equal([Money.Yuan(777)], await _shop.ReadAsync(db => db.Orders.Select(order => order.Total).ToListAsync()));
    }

    [Fact]
    public async Task A_tampered_total_buys_nothing()
    {
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.ConfirmAsync(await _shop.PlainCourseAsync());

        var refused = await shopper.SubmitAsync(confirm, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["AgreedTotal"] = "1" }, "提交订单");

        Assert.Contains("价格刚刚有变动", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task A_free_course_is_open_at_once_without_the_gateway()
    {
        var shopper = await _shop.SignedInAsync();

        var placed = await shopper.PlaceAsync(await shopper.ConfirmAsync(await _shop.FreeCourseAsync()));
        var result = await shopper.GetAsync(placed.Location!.OriginalString);

        Assert.EndsWith("/result", placed.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("您已成功购买 1 门课程", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Payments.CountAsync()));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Another_persons_coupon_is_refused()
    {
        var (shopper, course) = (await _shop.SignedInAsync(), await _shop.PlainCourseAsync());
        var secondId = await _shop.UserIdAsync("second");
        var theirs = await _shop.ReadAsync(db => db.IssuedCoupons.Where(issued => issued.UserId == secondId).Select(issued => issued.Id).FirstAsync());

        var refused = await shopper.SubmitAsync(await shopper.ConfirmAsync(course), "main form", new Dictionary<string, string>(StringComparer.Ordinal) { ["Coupon"] = $"{theirs}" }, "提交订单");

        Assert.Contains("优惠券已被使用或已过期", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task More_credits_than_possible_are_refused_with_the_most()
    {
        var shopper = await _shop.SignedInAsync();

        var refused = await shopper.SubmitAsync(await shopper.ConfirmAsync(await _shop.PlainCourseAsync()), "main form",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Credits"] = "999999", ["HadCredits"] = "0", ["Coupon"] = "" }, "提交订单");

        Assert.Matches("积分不足，最多可用 [1-9]", refused.Text);
        Assert.Equal(0, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Choosing_credits_clears_the_coupon_and_choosing_a_coupon_clears_the_credits()
    {
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.GetAsync($"/checkout?course={await _shop.PlainCourseAsync()}");
        var coupon = confirm.FirstCoupon();

        var withCredits = await shopper.ChooseAsync(confirm, credits: "10");
        var withCoupon = await shopper.ChooseAsync(withCredits, coupon: coupon);

        Assert.Equal("", Chosen(withCredits));
        Assert.Equal("10", Field(withCredits, "Credits"));
        Assert.Equal(coupon, Chosen(withCoupon));
        Assert.Equal("0", Field(withCoupon, "Credits"));
    }

    [Fact]
    public async Task What_is_owned_for_ever_is_not_sold_again()
    {
        var (shopper, course) = (await _shop.SignedInAsync(), await _shop.FreeCourseAsync());
        await shopper.PlaceAsync(await shopper.ConfirmAsync(course));

        var again = await shopper.GetAsync($"/checkout?course={course}");

        Assert.Contains("您已经购买过当前课程，不需要重新购买了", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_in_an_unpaid_order_leads_to_that_order()
    {
        var (shopper, course) = (await _shop.SignedInAsync(), await _shop.PlainCourseAsync());
        var number = await shopper.OrderAsync(course);

        var second = await shopper.PlaceAsync(await shopper.ConfirmAsync(course));

        Assert.Equal($"/orders/{number}/pay", second.Location!.OriginalString);
        Assert.Contains("请先支付或取消它", (await shopper.GetAsync(second.Location!.OriginalString)).Html, StringComparison.Ordinal);
        Assert.Equal(1, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Cancelling_gives_the_coupon_and_the_credits_back_once()
    {
        var shopper = await _shop.SignedInAsync();
        var userId = await _shop.UserIdAsync("shopper");
        var (first, second) = (await _shop.PlainCourseAsync(), await _shop.PlainCourseAsync(1));
        var before = await _shop.CreditsAsync(userId);
        var withCoupon = await shopper.OrderAsync(first, (await shopper.GetAsync($"/checkout?course={first}")).FirstCoupon());
        var withCredits = await shopper.OrderAsync(second, credits: "20");

        var stale = await shopper.GetAsync($"/orders/{withCredits}/pay");
        await CancelAsync(shopper, withCoupon);
        await CancelAsync(shopper, withCredits);
        await shopper.SubmitAsync(stale, "form[action$=cancel]");

        Assert.Equal(OrderStatus.Cancelled, await _shop.StatusAsync(withCoupon));
        Assert.Equal(before, await _shop.CreditsAsync(userId));
        Assert.Equal(0, await _shop.ReadAsync(db => db.IssuedCoupons.CountAsync(issued => issued.Status != IssuedCouponStatus.Available)));
        await _shop.AssertHoldAsync();
    }

    [Fact]
    public async Task The_old_confirm_page_sent_again_after_a_cancel_buys_anew_and_once()
    {
        var shopper = await _shop.SignedInAsync();
        var confirm = await shopper.ConfirmAsync(await _shop.PlainCourseAsync());
        var first = (await shopper.PlaceAsync(confirm)).Location!.OriginalString.Split('/')[2];
        await CancelAsync(shopper, first);

        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shopper.PlaceAsync(confirm)));

        Assert.NotEqual($"/orders/{first}/pay", Assert.Single(again.Select(answer => answer.Location!.OriginalString).Distinct(StringComparer.Ordinal)));
        Assert.Equal(2, await _shop.ReadAsync(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task A_strangers_order_is_not_found_on_any_page()
    {
        var number = await (await _shop.SignedInAsync()).OrderAsync(await _shop.PlainCourseAsync());
        var stranger = await _shop.SignedInAsync("second");

        foreach (var page in new[] { "", "/pay", "/result", "/receipt", "/state" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/orders/{number}{page}")).Status);
        var token = TokenOf(await stranger.GetAsync("/account/coupons"));
        foreach (var handler in new[] { "", "?handler=check", "?handler=cancel" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"/orders/{number}/pay{handler}", token)).Status);
        Assert.Equal(OrderStatus.AwaitingPayment, await _shop.StatusAsync(number));
    }

    [Fact]
    public async Task A_renewal_is_appended_to_the_term_that_runs()
    {
        var shopper = await _shop.SignedInAsync();
        var course = await _shop.ReadAsync(db => db.Courses.Where(found => found.Terms.Any(term => term.Days == 365) && found.Terms.Any(term => term.Days == 90) && found.ListPrice > Money.Zero).OrderBy(found => found.Id).Select(found => found.Id).FirstAsync());
        var term = await _shop.ReadAsync(db => db.AccessTerms.Where(offered => offered.CourseId == course && offered.Days == 90).Select(offered => offered.Id).SingleAsync());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var placed = await shopper.PlaceAsync(await shopper.ChooseAsync(await shopper.GetAsync($"/checkout?course={course}&term={term}"), "", "0"));
            var number = placed.Location!.OriginalString.Split('/')[2];
            await shopper.OpenPaymentAsync(number);
            await _shop.PayAtAlipayAsync(number);
            await shopper.GetAsync($"/orders/{number}/result");
        }

        var ends = await _shop.ReadAsync(db => db.Enrollments.OrderBy(grant => grant.Id).Select(grant => new { grant.StartsAt, grant.EndsAt }).ToListAsync());
        Assert.Equal(_shop.Clock.Now.AddDays(90), ends[0].EndsAt);
        Assert.Equal(ends[0].EndsAt, ends[1].StartsAt);
        Assert.Equal(_shop.Clock.Now.AddDays(180), ends[1].EndsAt);
    }

    private static async Task CancelAsync(Shopper shopper, string number) =>
        Assert.Equal(HttpStatusCode.Redirect, (await shopper.SubmitAsync(await shopper.GetAsync($"/orders/{number}/pay"), "form[action$=cancel]")).Status);

    private static List<KeyValuePair<string, string>> TokenOf(SeenPage page) =>
        [new("__RequestVerificationToken", page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];

    private static string? Chosen(SeenPage confirm) => confirm.Document.QuerySelector("input[name=Coupon][checked]")?.GetAttribute("value");

    private static string? Field(SeenPage confirm, string name) => confirm.Document.QuerySelector($"input[name={name}]")?.GetAttribute("value");
}
