using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Promotions;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Ordering;

/// <summary>The confirm page's hidden fields in the hands of somebody who can change them, and a shop that changes between page and submission.</summary>
public sealed class TamperingTests(ShopHost shop) : IClassFixture<ShopHost>
{
    [Theory]
    [InlineData("AgreedTotal", "-1")]
    [InlineData("AgreedTotal", "0")]
    [InlineData("AgreedTotal", "1")]
    [InlineData("AgreedTotal", "9223372036854775807")]
    [InlineData("AgreedTotal", "-9223372036854775808")]
    [InlineData("AgreedTotal", "99999999999999999999")]
    [InlineData("AgreedTotal", "1e2")]
    [InlineData("AgreedTotal", "")]
    [InlineData("Credits", "1")]
    [InlineData("Credits", "-1000")]
    [InlineData("Credits", "2147483647")]
    [InlineData("Credits", "4294967297")]
    [InlineData("HadCredits", "-2147483648")]
    [InlineData("UseMost", "true")]
    [InlineData("Coupon", "-1")]
    [InlineData("Coupon", "1 OR 1=1")]
    [InlineData("HadCoupon", "1")]
    [InlineData("Term", "-1")]
    [InlineData("Term", "9223372036854775807")]
    [InlineData("Course", "9223372036854775807")]
    [InlineData("Course", "")]
    [InlineData("Key", "")]
    [InlineData("Key", "' OR 1=1--")]
    [InlineData("Total", "1")]
    [InlineData("UserId", "1")]
    [InlineData("Form.AgreedTotal", "1")]
    [InlineData("Selection.CourseId", "2")]
    public async Task A_changed_field_makes_no_other_price(string field, string value)
    {
        var (buyer, id) = await shop.SignedUpAsync();
        var course = await shop.PlainCourseAsync();
        var price = await shop.ReadAsync(db => db.Courses.Where(found => found.Id == course).Select(found => found.ListPrice).SingleAsync());

        var placed = await SubmitAsync(buyer, await buyer.ConfirmAsync(course), (field, value));

        Assert.Null(placed.Fault());
        var orders = await shop.ReadAsync(db => db.Orders.Where(order => order.UserId == id).Include(order => order.Lines).ToListAsync());
        Assert.True(orders.Count <= 1);
        Assert.All(orders, order => Assert.Equal((price, 0, course, OrderStatus.AwaitingPayment), (order.Total, order.Credits, order.Lines.Single().CourseId, order.Status)));
        await shop.AssertHoldAsync();
    }

    [Fact]
    public async Task Another_persons_key_leads_to_nothing_of_theirs()
    {
        var (first, _) = await shop.SignedUpAsync();
        var (second, secondId) = await shop.SignedUpAsync();
        var course = await shop.PlainCourseAsync();
        var confirm = await first.ConfirmAsync(course);
        var key = confirm.Document.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
        var theirs = (await first.PlaceAsync(confirm)).Location!.OriginalString;

        var mine = await SubmitAsync(second, await second.ConfirmAsync(course), ("Key", key));

        Assert.Equal(HttpStatusCode.Redirect, mine.Status);
        Assert.NotEqual(theirs, mine.Location!.OriginalString);
        Assert.Equal(1, await shop.ReadAsync(db => db.Orders.CountAsync(order => order.UserId == secondId && order.CheckoutKey == key)));
    }

    [Fact]
    public async Task A_term_of_another_course_buys_neither()
    {
        var (buyer, id) = await shop.SignedUpAsync();
        var (cheap, dear) = await CheapAndDearAsync();
        var foreign = await shop.ReadAsync(db => db.AccessTerms.Where(term => term.CourseId == cheap).Select(term => term.Id).FirstAsync());

        var placed = await SubmitAsync(buyer, await buyer.ConfirmAsync(dear), ("Term", $"{foreign}"));
        var crossed = await SubmitAsync(buyer, await buyer.ConfirmAsync(cheap), ("Course", $"{dear}"));
        var added = await buyer.PostAsync($"/courses/{dear}?handler=Add&term={foreign}", [await buyer.TokenAsync()]);

        Assert.All([placed, crossed, added], page => Assert.Equal(HttpStatusCode.OK, page.Status));
        Assert.False(await shop.ReadAsync(db => db.Orders.AnyAsync(order => order.UserId == id)));
        Assert.False(await shop.ReadAsync(db => db.Carts.AnyAsync(cart => cart.UserId == id && cart.Items.Any())));
    }

    [Fact]
    public async Task A_cart_takes_no_terms_and_no_rows_but_its_own()
    {
        var (buyer, id) = await shop.SignedUpAsync();
        var (mine, other) = await CheapAndDearAsync();
        var foreign = await shop.ReadAsync(db => db.AccessTerms.Where(term => term.CourseId == other).Select(term => term.Id).FirstAsync());
        await buyer.AddToCartAsync(mine);
        var before = await RowsAsync(id);

        await buyer.PostAsync("/cart", [await buyer.TokenAsync(), new("selected", $"{mine}"), new("selected", $"{other}"), new($"terms[{mine}]", $"{foreign}"), new($"terms[{other}]", $"{foreign}"), new("remove", $"{other}"), new("CartId", "1"), new("UserId", "1")]);

        Assert.Equal(before, await RowsAsync(id));
    }

    [Fact]
    public async Task Somebody_elses_cart_is_not_reached_by_its_key_once_one_is_signed_in()
    {
        var guest = shop.NewShopper();
        await guest.AddToCartAsync(await shop.PlainCourseAsync());
        var key = await shop.ReadAsync(db => db.Carts.Where(cart => cart.GuestKey != null).OrderByDescending(cart => cart.Id).Select(cart => cart.GuestKey).FirstAsync());
        var (shopper, id) = await shop.SignedUpAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/cart");
        request.Headers.Add("Cookie", $"cart={key}");
        var cart = await shopper.SendAsync(request);

        Assert.DoesNotContain("去结算", cart.Text, StringComparison.Ordinal);
        Assert.False(await shop.ReadAsync(db => db.Carts.AnyAsync(found => found.UserId == id && found.Items.Any())));
    }

    [Fact]
    public async Task A_course_withdrawn_between_page_and_submission_is_not_sold()
    {
        var (buyer, id) = await shop.SignedUpAsync();
        var course = await shop.PlainCourseAsync(5);
        await buyer.AddToCartAsync(course);
        var (now, cart) = (await buyer.ConfirmAsync(course), await buyer.GetAsync("/checkout"));

        await shop.WriteAsync(async db => (await db.Courses.SingleAsync(found => found.Id == course)).Withdraw(shop.Clock.Now));
        var bought = await buyer.PlaceAsync(now);
        var checkedOut = await buyer.PlaceAsync(cart);

        Assert.All([bought, checkedOut], page => Assert.Contains("已经下架", page.Text, StringComparison.Ordinal));
        Assert.False(await shop.ReadAsync(db => db.Orders.AnyAsync(order => order.UserId == id)));
        Assert.Contains("已经下架", (await buyer.GetAsync("/cart")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_counts_until_its_end_and_not_a_moment_longer()
    {
        var (early, earlyId) = await shop.SignedUpAsync();
        var (late, lateId) = await shop.SignedUpAsync();
        var end = shop.Clock.Now.AddMinutes(1);
        var (course, full, reduced) = (await shop.PlainCourseAsync(6), Money.Zero, Money.Zero);
        await shop.WriteAsync(async db =>
        {
            full = (await db.Courses.SingleAsync(found => found.Id == course)).ListPrice;
            reduced = full - Money.Yuan(7);
            db.Campaigns.Add(new Campaign("到点就完", CampaignKind.Reduction, end.AddDays(-1), end).Taking(10_000, Money.Yuan(7), [], Money.Zero).On([course]));
        });
        var (first, second) = (await early.ConfirmAsync(course), await late.ConfirmAsync(course));

        shop.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        var inTime = await early.PlaceAsync(first);
        shop.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var tooLate = await late.PlaceAsync(second);
        var confirmed = await late.PlaceAsync(tooLate);

        Assert.Equal(HttpStatusCode.Redirect, inTime.Status);
        Assert.Contains($"价格刚刚有变动，请确认新的金额：{full}", tooLate.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, confirmed.Status);
        Assert.Equal([(earlyId, reduced), (lateId, full)], (await shop.ReadAsync(db => db.Orders.Where(order => order.UserId == earlyId || order.UserId == lateId).OrderBy(order => order.Id).ToListAsync())).Select(order => (order.UserId, order.Total)));
    }

    private static Task<SeenPage> SubmitAsync(Shopper buyer, SeenPage confirm, (string Field, string Value) changed) =>
        buyer.SubmitAsync(confirm, "main form", new Dictionary<string, string>(StringComparer.Ordinal) { [changed.Field] = changed.Value }, button: "提交订单");

    private async Task<(long Cheap, long Dear)> CheapAndDearAsync()
    {
        var prices = await shop.ReadAsync(db => db.Courses.Where(course => course.Terms.Count == 1 && course.ListPrice > Money.Zero && course.WithdrawnAt == null && !db.CampaignCourses.Any(promoted => promoted.CourseId == course.Id)).Select(course => new { course.Id, course.ListPrice }).ToListAsync());
        return (prices.MinBy(course => course.ListPrice)!.Id, prices.MaxBy(course => course.ListPrice)!.Id);
    }

    private Task<List<string>> RowsAsync(long user) => shop.ReadAsync(db =>
        db.Carts.Where(cart => cart.UserId == user).SelectMany(cart => cart.Items).Select(item => $"{item.CourseId} {item.TermId} {item.IsSelected}").ToListAsync());
}
