using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.Extensions.Options;

namespace CourseShop.Ordering;

/// <summary>申请退款: the shopper asks, staff decide. Sent twice, it asks once.</summary>
public sealed class RequestRefund(ShopWriter writer, IOptions<OrderingOptions> options, TimeProvider clock)
{
    /// <summary>Null when no such order is the shopper's.</summary>
    public Task<Outcome<Done>?> RunAsync(long userId, string number, RefundWish wish, CancellationToken stop) => writer.RunAsync(async (db, token) =>
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), token);
        if (await RefundCase.ReadAsync(db, db.Orders.OwnedBy(userId), number, token) is not { } file)
            return null;
        var now = clock.GetUtcNow();
        if (file.ObstacleTo(wish, line => file.ObstacleForShopper(line, options.Value, now), now) is { } refusal)
            return refusal;

        var refund = OrderRefund.Request(file.Preview(wish.LineIds, now), file.Order.Id, userId, RefundNumber.New(now), wish.Reason.Trim(), now);
        db.OrderRefunds.Add(refund);
        file.Order.Note(OrderEventKind.RefundRequested, now, refund.Number);
        await db.SaveChangesAsync(token);
        return (Outcome<Done>?)new Done();
    }, stop);
}
