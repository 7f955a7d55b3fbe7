using CourseShop.Tests.Support;

namespace CourseShop.Tests.Journeys;

/// <summary>Every page for everybody, from the narrowest phone to the desk, by daylight and in the dark: no page is wider than its screen, and axe finds nothing.</summary>
public sealed class EveryPageTests(Chromium chromium) : Journey(chromium)
{
    private static readonly int[] Widths = [1440, 820, 390, 360];

    [BrowserFact]
    public Task For_guests() => LookAsync(null, orders =>
    [
        "/", "/courses", "/courses?category=programming&level=beginner", "/courses?price=promoted&sort=-price&page=2", "/courses?q=没有这门课",
        $"/courses/{orders.Owned}", "/courses/1", "/teachers/1", $"/learn/{orders.Owned}/{orders.Video}", $"/learn/{orders.Owned}/{orders.Text}",
        "/cart", "/coupons", "/account/sign-in", "/account/sign-up", "/account/sign-out", "/account/reset", "/about", "/help", "/nowhere",
        "/articles", "/articles?q=没有这篇文章", "/articles/1", "/articles/2", "/articles/3", "/articles/1/likes", "/authors/3", "/authors/4?notebook=1",
        "/payments/alipay/return", "/alipay-simulator",
    ], 400, 403, 404);

    [BrowserFact]
    public Task For_shoppers() => LookAsync("shopper", orders =>
    [
        "/", "/cart", "/checkout?course=1", $"/checkout?course={orders.Owned}", "/orders", "/orders?state=paid", "/orders?q=没有这个订单",
        $"/orders/{orders.Open}", $"/orders/{orders.Open}/pay", $"/orders/{orders.Open}/result",
        $"/orders/{orders.Paid}", $"/orders/{orders.Paid}/result", $"/orders/{orders.Paid}/receipt",
        $"/orders/{orders.Cancelled}/result", $"/orders/{orders.TimedOut}", $"/orders/{orders.TimedOut}/result",
        "/learn", $"/learn/{orders.Owned}/{orders.Video}", $"/learn/{orders.Owned}/{orders.Text}", $"/courses/{orders.Owned}",
        "/account", "/account/coupons", "/account/credits", "/coupons", "/account/notices", "/articles/1",
        $"/orders/{orders.Paid}/refund", "/wallet", "/wallet/top-up", "/wallet/withdraw", "/wallet/statement", "/articles/2/tip",
    ]);

    [BrowserFact]
    public Task For_authors() => LookAsync("author", _ => ["/articles", "/articles/mine", "/articles/write", "/articles/write/1", "/articles/1", "/account/notices", "/wallet/earnings", "/wallet/withdraw"], 404);

    [BrowserFact]
    public Task For_staff() => LookAsync("admin", orders =>
    [
        "/", "/admin", "/admin/orders", "/admin/orders?q=没有这个订单", $"/admin/orders/{orders.Paid}", $"/admin/orders/{orders.TimedOut}", "/admin/payments", "/admin/notifications", "/admin/articles", "/admin/comments", "/admin/reconciliation", "/admin/reconciliation/2026-11-20", $"/admin/reconciliation/{orders.Reconciled}", $"/admin/reconciliation/{orders.Reconciled}?state=ended",
        $"/admin/orders/{orders.Paid}/refund", "/admin/refunds", "/admin/check", $"/admin/money?q={orders.Paid}", "/admin/withdrawals", "/admin/tips", "/admin/people",
    ]);

    private Task LookAsync(string? name, Func<ShopperWithOrders, string[]> pages, params int[] expected) => TellAsync(Device.Desktop, async visitor =>
    {
        var orders = await ShopperWithOrders.InAsync(Shop);
        if (name is not null)
            await visitor.SignsInAsync(name);
        Array.ForEach(expected, visitor.Watch.Expect);
        foreach (var path in pages(orders))
        {
            await visitor.Page.GotoAsync(path);
            foreach (var width in Widths)
            {
                await visitor.Page.SetViewportSizeAsync(width, 900);
                await visitor.Watch.MeasureAsync(visitor.Page);
                if (width is 1440 or 390)
                    await visitor.Watch.AskAxeAsync(visitor.Page);
            }
        }
    });
}
