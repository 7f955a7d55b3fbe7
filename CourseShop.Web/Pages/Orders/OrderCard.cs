using System.Linq.Expressions;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;

namespace CourseShop.Pages.Orders;

/// <summary>An order as its shopper's lists show it.</summary>
/// <param name="IsRefunding">退款中: a request or a refund is open.</param>
/// <param name="MayAskForRefund">It was paid a short time ago.</param>
public sealed record OrderCard(long Id, string Number, OrderStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, Money Total, IReadOnlyList<OrderLine> Lines, bool IsRefunding, bool MayAskForRefund)
{
    /// <param name="db">The shop.</param>
    /// <param name="paidSince">When the time for refunds began.</param>
    public static Expression<Func<Order, OrderCard>> Read(ShopDb db, DateTimeOffset paidSince) => order => new OrderCard(
        order.Id, order.Number, order.Status, order.CreatedAt, order.PaidAt, order.Total, order.Lines.OrderBy(line => line.Position).ToList(),
        db.OrderRefunds.Any(refund => refund.OrderId == order.Id && (refund.Status == OrderRefundStatus.Requested || refund.Status == OrderRefundStatus.Open)),
        order.PaidAt >= paidSince);
}
