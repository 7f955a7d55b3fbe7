using System.Net;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Pages.Admin;

public sealed class AdminTests(ShopHost host) : IClassFixture<ShopHost>
{
    public static TheoryData<string> Rooms { get; } = new("/admin", "/admin/orders", "/admin/orders/1", "/admin/payments", "/admin/notifications", "/admin/reconciliation", "/admin/reconciliation/2026-11-20", "/admin/refunds", "/admin/orders/1/refund", "/admin/money", "/admin/money?q=1", "/admin/check", "/admin/tips", "/admin/withdrawals", "/admin/articles", "/admin/comments", "/admin/people");

    [Theory]
    [MemberData(nameof(Rooms))]
    public async Task A_guest_is_led_to_sign_in(string path) =>
        Assert.Contains("/account/sign-in", (await host.NewShopper().GetAsync(path)).Location!.OriginalString, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rooms))]
    public async Task Shoppers_and_authors_are_refused(string path)
    {
        foreach (var name in new[] { "shopper", "author" })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(name)).FollowAsync(path)).Status);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("finance")]
    [InlineData("editor")]
    [InlineData("support")]
    public async Task Every_role_of_staff_may_look(string name)
    {
        var order = await PlaceAsync("second", "web-security-intro");
        var staff = await host.SignedInAsync(name);

        foreach (var path in new[] { "/admin", "/admin/orders", $"/admin/orders/{order.Number}", "/admin/payments", "/admin/notifications", "/admin/reconciliation", "/admin/reconciliation/2026-11-20", "/admin/refunds", $"/admin/orders/{order.Number}/refund", "/admin/money", $"/admin/money?q={order.Number}", "/admin/check", "/admin/articles", "/admin/comments" })
            Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_order_shows_its_prices_its_steps_and_its_money()
    {
        var order = await PlaceAsync("shopper", "technical-documentation");
        await PayAsync(order.Number, order.Total, "2026112022000000000000000101");

        var page = await (await host.SignedInAsync("support")).GetAsync($"/admin/orders/{order.Number}");

        Assert.Contains(order.Total.ToString(), page.Text, StringComparison.Ordinal);
        Assert.Contains("已支付", page.Text, StringComparison.Ordinal);
        Assert.Contains("2026112022000000000000000101", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll(".timeline li").Length);
        Assert.Equal(8, page.Document.QuerySelector("table")!.QuerySelectorAll("th").Length);
    }

    [Fact]
    public async Task Money_that_fits_nothing_stands_on_the_overview()
    {
        var order = await PlaceAsync("shopper", "deep-learning-pytorch");
        await PayAsync(order.Number, new Money(1), "2026112022000000000000000202");
        var staff = await host.SignedInAsync("finance");

        var overview = await staff.GetAsync("/admin");
        var list = await staff.GetAsync("/admin/payments?state=attention");
        var others = await staff.GetAsync("/admin/payments?state=settled");

        Assert.Contains("笔付款等待处理", overview.Document.QuerySelector(".notice.wait")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(order.Number, overview.Text, StringComparison.Ordinal);
        Assert.Contains(order.Number, list.Text, StringComparison.Ordinal);
        Assert.Contains("冻结：金额不符", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(order.Number, others.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Todays_money_and_orders_are_counted()
    {
        await using var fresh = new ShopHost();
        var order = await PlaceAsync("shopper", "go-concurrency-in-practice", fresh);
        await PayAsync(order.Number, order.Total, "2026112022000000000000000303", fresh);

        var figures = (await (await fresh.SignedInAsync("admin")).GetAsync("/admin")).Document.QuerySelectorAll(".figures b").Select(figure => figure.TextContent).ToList();

        Assert.Equal([order.Total.ToString(), order.Total.ToString(), "1"], figures);
    }

    [Fact]
    public async Task An_order_is_found_by_its_number_an_attempt_or_its_shopper()
    {
        var order = await PlaceAsync("second", "secure-code-review");
        var staff = await host.SignedInAsync("support");

        foreach (var query in new[] { order.Number, order.Number + "_2", order.Number[..20], "sec", "SECOND" })
            Assert.Contains(order.Number, (await staff.GetAsync($"/admin/orders?q={query}")).Text, StringComparison.Ordinal);
        foreach (var query in new[] { "99999999", "nobody", "%", "_", "'" })
            Assert.DoesNotContain(order.Number, (await staff.GetAsync($"/admin/orders?q={Uri.EscapeDataString(query)}")).Text, StringComparison.Ordinal);
        Assert.Contains(order.Number, (await staff.GetAsync("/admin/orders?state=awaiting_payment")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(order.Number, (await staff.GetAsync("/admin/orders?state=refunded")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notifications_are_shown_as_they_came_and_can_do_nothing()
    {
        const string Body = "out_trade_no=1&subject=<script>alert(1)</script>";
        await NotifyAsync(NotificationVerdict.Forged, null, Body);
        await NotifyAsync(NotificationVerdict.UnknownNumber, "unknown-1", new string('x', 9_000));
        var staff = await host.SignedInAsync("finance");

        var all = await staff.GetAsync("/admin/notifications");
        var strange = await staff.GetAsync("/admin/notifications?state=attention");

        Assert.Contains(all.Document.QuerySelectorAll("details pre"), raw => raw.TextContent == Body);
        Assert.Empty(all.Document.QuerySelectorAll("main script"));
        Assert.Single(strange.Document.QuerySelectorAll("tbody tr"));
        Assert.Equal(NotificationLength, strange.Document.QuerySelector("details pre")!.TextContent.Length);
    }

    [Fact]
    public async Task Long_lists_are_read_page_by_page()
    {
        await using var fresh = new ShopHost();
        foreach (var number in Enumerable.Range(1, 25))
            await NotifyAsync(NotificationVerdict.NotOurs, $"page-{number}", $"body {number}", fresh);
        var staff = await fresh.SignedInAsync("admin");

        var first = await staff.GetAsync("/admin/notifications?state=notours");
        var second = await staff.GetAsync(first.Document.QuerySelector(".pager a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal(20, first.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(5, second.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("body 1", second.Document.QuerySelectorAll("pre")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/notifications?state=notours", second.Document.QuerySelector(".pager a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/admin/orders?state=99&after=x&q=%00", HttpStatusCode.OK)]
    [InlineData("/admin/orders?after=99999999999999999999999", HttpStatusCode.OK)]
    [InlineData("/admin/payments?state=7&after=-1", HttpStatusCode.OK)]
    [InlineData("/admin/notifications?state=held,late&q=%F0%9F%98%80", HttpStatusCode.OK)]
    [InlineData("/admin/orders/nothing-like-it", HttpStatusCode.NotFound)]
    [InlineData("/admin/nothing", HttpStatusCode.NotFound)]
    public async Task Whatever_is_asked_gets_a_page(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await (await host.SignedInAsync("admin")).GetAsync(path)).Status);

    private const int NotificationLength = 4_000;

    private async Task<Order> PlaceAsync(string name, string slug, ShopHost? at = null)
    {
        var shop = at ?? host;
        var user = await shop.UserIdAsync(name);
        var selection = new CheckoutSelection(await shop.ReadAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.Id).SingleAsync()), null);
        var choices = new CheckoutChoices(null, 0);
        var view = await shop.InScopeAsync<QuoteCart, CheckoutView>(quote => quote.RunAsync(user, selection, choices, CancellationToken.None));
        var placed = await shop.InScopeAsync<PlaceOrder, Outcome<PlacedOrder>>(place =>
            place.RunAsync(user, new CheckoutForm(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N")), CancellationToken.None));
        return await shop.ReadAsync(db => db.Orders.AsNoTracking().SingleAsync(order => order.Number == placed.Value!.Number));
    }

    private Task PayAsync(string number, Money amount, string tradeNo, ShopHost? at = null)
    {
        var shop = at ?? host;
        return shop.Service<SettlePayment>().RunAsync(new GatewayTrade(number, tradeNo, GatewayTradeStatus.Paid, amount, Money.Zero, "sec***@example.com", shop.Clock.Now), CancellationToken.None);
    }

    private Task NotifyAsync(NotificationVerdict verdict, string? notifyId, string body, ShopHost? at = null)
    {
        var shop = at ?? host;
        return shop.WriteAsync(db =>
        {
            db.Add(new PaymentNotification(default, notifyId, "20261120000000", null, "TRADE_SUCCESS", body, verdict, "203.0.113.7", shop.Clock.Now));
            return Task.CompletedTask;
        });
    }
}
