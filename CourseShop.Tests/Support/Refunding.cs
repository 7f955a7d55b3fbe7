using CourseShop.Ordering;
using CourseShop.Promotions;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Support;

/// <summary>Somebody who bought, and what is taken back, through the shop's own pages.</summary>
public static class Refunding
{
    /// <summary>A cart of plain courses with a coupon, paid.</summary>
    public static async Task<(Shopper Shopper, Order Order)> BoughtAsync(this ShopHost shop, int courses)
    {
        var shopper = await shop.SignedInAsync();
        for (var skip = 0; skip < courses; skip++)
            await shopper.AddToCartAsync(await shop.PlainCourseAsync(skip));
        var cart = await shopper.GetAsync("/checkout");
        var placed = await shopper.PlaceAsync(await shopper.ChooseAsync(cart, cart.FirstCoupon(), "0"));
        var number = placed.Location!.OriginalString.Split('/')[2];
        await shop.PayAsync(shopper, number);
        return (shopper, await shop.OrderAsync(number));
    }

    /// <summary>去支付, paid at Alipay, and told by it.</summary>
    public static async Task PayAsync(this ShopHost shop, Shopper shopper, string number)
    {
        await shopper.OpenPaymentAsync(number);
        var tradeNo = await shop.PayAtAlipayAsync(number);
        Assert.Equal("success", await shop.NotifyAsync(FakeAlipay.Notification(number, tradeNo, shop.Alipay.Trades[number].Amount)));
    }

    /// <summary>The refund page with one line ticked, and what that brings.</summary>
    public static async Task<SeenPage> ChooseRefundAsync(this Shopper person, string path, OrderLine line) =>
        await person.SubmitAsync(await person.GetAsync(path), "form[action$=refund]", Fields("Lines", $"{line.Id}"));

    public static Task<SeenPage> SubmitRefundAsync(this Shopper person, SeenPage page, string reason) =>
        person.SubmitAsync(page, "form[action$=refund]", Fields("Reason", reason), page.Document.QuerySelector("form[action$=refund] .primary")!.TextContent);

    public static IReadOnlyDictionary<string, string> Fields(params string[] namesAndValues) =>
        namesAndValues.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public static Task<Order> OrderAsync(this ShopHost shop, string number) =>
        shop.ReadAsync(db => db.Orders.AsNoTracking().Include(order => order.Events).Include(order => order.Lines.OrderBy(line => line.Position)).SingleAsync(order => order.Number == number));

    public static Task<IssuedCouponStatus> CouponAsync(this ShopHost shop, Order order) =>
        shop.ReadAsync(db => db.IssuedCoupons.Where(issued => issued.Id == order.IssuedCouponId).Select(issued => issued.Status).SingleAsync());

    /// <summary>A lesson of a course that only its holders may read.</summary>
    public static async Task<string> LessonAsync(this ShopHost shop, long courseId) =>
        $"/learn/{courseId}/{await shop.ReadAsync(db => db.Lessons.Where(lesson => !lesson.IsFreeTrial && db.Chapters.Any(chapter => chapter.Id == lesson.ChapterId && chapter.CourseId == courseId)).Select(lesson => lesson.Id).FirstAsync())}";
}
