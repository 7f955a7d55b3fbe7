using CourseShop.Common;
using CourseShop.Ordering;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Orders;

/// <summary>A refund as its shopper and staff read it.</summary>
public sealed record RefundCard(string Number, OrderRefundStatus Status, bool IsRequest, IReadOnlyList<string> Titles, Money Money, int Credits, string Reason, string? Answer, DateTimeOffset CreatedAt)
{
    /// <summary>Somebody is at it: staff or Alipay.</summary>
    public bool IsUnderWay => Status is OrderRefundStatus.Requested or OrderRefundStatus.Open;

    /// <summary>The refunds of an order whose lines are loaded, the latest first.</summary>
    public static async Task<IReadOnlyList<RefundCard>> OfAsync(IQueryable<OrderRefund> refunds, Order order, CancellationToken stop)
    {
        var found = await refunds.Where(refund => refund.OrderId == order.Id).AsNoTracking().Include(refund => refund.Lines).OrderByDescending(refund => refund.Id).ToListAsync(stop);
        return found.ConvertAll(refund => new RefundCard(
            refund.Number, refund.Status, refund.IsRequest, order.Lines.Where(line => refund.Lines.Any(taken => taken.OrderLineId == line.Id)).Select(line => line.CourseTitle).ToList(),
            refund.Money, refund.Credits, refund.Reason, refund.Answer, refund.CreatedAt));
    }
}

public static class RefundView
{
    public static string Tone(this OrderRefundStatus status) => status switch
    {
        OrderRefundStatus.Requested or OrderRefundStatus.Open => "amber",
        OrderRefundStatus.Done => "jade",
        OrderRefundStatus.Failed => "bad",
        _ => "plain",
    };
}
