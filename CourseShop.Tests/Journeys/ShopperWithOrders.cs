using System.Globalization;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Journeys;

/// <summary>One order of every kind, made without a browser: for tests that look at many pages.</summary>
public sealed record ShopperWithOrders(string Open, string Paid, string Cancelled, string TimedOut, long Owned, long Video, long Text, string Reconciled)
{
    private const string Bought = "go-concurrency-in-practice";

    public static async Task<ShopperWithOrders> InAsync(ShopInBrowser shop)
    {
        var late = await PlaceAsync(shop, Bought);
        await shop.LetPassAsync(TimeSpan.FromMinutes(16));
        var paid = await PlaceAsync(shop, Bought);
        await PayAsync(shop, paid);
        await PayAsync(shop, late);
        await PlaceAsync(shop, "git-for-daily-work");
        var cancelled = await PlaceAsync(shop, "metrics-tree");
        var shopper = await shop.UserIdAsync("shopper");
        await shop.InScopeAsync<CancelOrder, Outcome<OrderStatus>?>(cancel => cancel.RunAsync(shopper, cancelled, CancellationToken.None));
        var open = await PlaceAsync(shop, "first-prd");
        var owned = await shop.CourseIdAsync(Bought);
        return new(open, paid, cancelled, late, owned, await LessonAsync(shop, owned, LessonKind.Video), await LessonAsync(shop, owned, LessonKind.Text), await PlantedDay.InAsync(shop));
    }

    private static async Task<string> PlaceAsync(ShopInBrowser shop, string slug)
    {
        var shopper = await shop.UserIdAsync("shopper");
        var selection = new CheckoutSelection(await shop.CourseIdAsync(slug), null);
        var choices = new CheckoutChoices(null, 0);
        var view = await shop.InScopeAsync<QuoteCart, CheckoutView>(quote => quote.RunAsync(shopper, selection, choices, CancellationToken.None));
        var placed = await shop.Service<PlaceOrder>().RunAsync(shopper, new(selection, choices, view.Quote.Total, view.Quote.Lines.Count, Guid.NewGuid().ToString("N")), CancellationToken.None);
        return placed.Value!.Number;
    }

    private static async Task PayAsync(ShopInBrowser shop, string number)
    {
        var payment = await shop.ReadAsync(db => db.Payments.SingleAsync(payment => payment.OutTradeNo == number));
        var tradeNo = string.Create(CultureInfo.InvariantCulture, $"{shop.Clock.Now:yyyyMMdd}22001{payment.Id:D15}");
        await shop.Service<SettlePayment>().RunAsync(
            new(number, tradeNo, GatewayTradeStatus.Paid, payment.Amount, Money.Zero, "159****5620", shop.Clock.Now), CancellationToken.None);
    }

    private static Task<long> LessonAsync(ShopInBrowser shop, long courseId, LessonKind kind) => shop.ReadAsync(db => (
        from lesson in db.Lessons
        join chapter in db.Chapters on lesson.ChapterId equals chapter.Id
        where chapter.CourseId == courseId && lesson.Kind == kind
        orderby chapter.Position, lesson.Position
        select lesson.Id).FirstAsync());
}
