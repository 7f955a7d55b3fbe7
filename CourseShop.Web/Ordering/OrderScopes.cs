using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

public static class OrderScopes
{
    public static IQueryable<Order> OwnedBy(this IQueryable<Order> orders, long userId) => orders.Where(order => order.UserId == userId);

    /// <summary>Within a unit that decides about one of these orders: the turn of whose it is. An order never changes hands.</summary>
    internal static async Task TakeTurnOfOwnerAsync(this IQueryable<Order> orders, ShopDb db, CancellationToken stop)
    {
        if (!db.Dialect.HasOneWriter && await orders.Select(order => (long?)order.UserId).FirstOrDefaultAsync(stop) is { } owner)
            await db.TakeTurnAsync(Turn.OfShopper(owner), stop);
    }

    public static IQueryable<Order> AwaitingPayment(this IQueryable<Order> orders) => orders.Where(order => order.Status == OrderStatus.AwaitingPayment);

    public static IQueryable<Order> Overdue(this IQueryable<Order> orders, DateTimeOffset now) => orders.AwaitingPayment().Where(order => order.PayBy <= now);

    /// <summary>Refunds that staff have to look at: asked for, or refused by the gateway.</summary>
    public static IQueryable<OrderRefund> NeedingAPerson(this IQueryable<OrderRefund> refunds) =>
        refunds.Where(refund => refund.Status == OrderRefundStatus.Requested || refund.Status == OrderRefundStatus.Failed);

    /// <summary>The attempts of an order, first one first.</summary>
    public static IQueryable<Payment> OfOrder(this IQueryable<Payment> payments, string number) =>
        payments.Of(PaymentPurpose.Order, number);

    /// <summary>Orders placed since the beginning of Beijing's day of an instant: their numbers begin with that date, and are indexed.</summary>
    public static IQueryable<Order> PlacedSinceDayOf(this IQueryable<Order> orders, DateTimeOffset instant)
    {
        var first = instant.BeijingDay().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return orders.Where(order => string.Compare(order.Number, first) >= 0);
    }

    /// <summary>Orders whose number begins with these digits.</summary>
    public static IQueryable<Order> Numbered(this IQueryable<Order> orders, string digits)
    {
        var last = digits.PadRight(64, '9');
        return orders.Where(order => string.Compare(order.Number, digits) >= 0 && string.Compare(order.Number, last) <= 0);
    }
}
