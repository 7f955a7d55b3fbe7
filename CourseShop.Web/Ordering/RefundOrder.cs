using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;

namespace CourseShop.Ordering;

/// <summary>Staff take lines of an order back. Pressed twice, or by two of them, the lines go once.</summary>
public sealed class RefundOrder(ShopWriter writer, SendRefundNow send, TimeProvider clock, ILogger<RefundOrder> log)
{
    /// <summary>How far it got in the time that a page has; null when there is no such order.</summary>
    public async Task<Outcome<OrderRefundStatus>?> RunAsync(long staffId, string number, RefundWish wish, CancellationToken stop) =>
        await send.RunAsync(await writer.RunAsync((db, token) => StartAsync(db, staffId, number, wish, token), stop), stop);

    private async Task<Outcome<BegunRefund>?> StartAsync(ShopDb db, long staffId, string number, RefundWish wish, CancellationToken stop)
    {
        await db.Orders.Where(order => order.Number == number).TakeTurnOfOwnerAsync(db, stop);
        if (await RefundCase.ReadAsync(db, db.Orders, number, stop) is not { } file)
            return null;
        var now = clock.GetUtcNow();
        if (file.ObstacleTo(wish, file.ObstacleFor, now) is { } refusal)
            return refusal;

        var refund = OrderRefund.ByStaff(file.Preview(wish.LineIds, now), file.Order.Id, staffId, RefundNumber.New(now), wish.Reason.Trim(), now);
        db.OrderRefunds.Add(refund);
        var money = await OrderReturn.StartAsync(db, file.Order, refund, now, stop);
        await db.SaveChangesAsync(stop);
        log.LogInformation("Staff {StaffId} refunds {Money} and {Credits} credits of order {Number} as {RefundNumber}", staffId, refund.Money, refund.Credits, number, refund.Number);
        return new BegunRefund(refund.Id, money?.Id);
    }
}
