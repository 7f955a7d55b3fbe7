using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>What staff answer to a request.</summary>
/// <param name="IsApproved">Yes or no.</param>
/// <param name="Why">What the shopper reads; required for a no.</param>
public sealed record RefundDecision(bool IsApproved, string Why);

/// <summary>Staff approve or decline what a shopper asked for. Pressed twice, or by two of them, it is decided once.</summary>
public sealed class DecideRefund(ShopWriter writer, SendRefundNow send, TimeProvider clock, ILogger<DecideRefund> log)
{
    /// <summary>How far it got in the time that a page has; null when there is no such request.</summary>
    public async Task<Outcome<OrderRefundStatus>?> RunAsync(long staffId, string refundNumber, RefundDecision decision, CancellationToken stop) =>
        await send.RunAsync(await writer.RunAsync((db, token) => DecideAsync(db, staffId, refundNumber, decision, token), stop), stop);

    private async Task<Outcome<BegunRefund>?> DecideAsync(ShopDb db, long staffId, string refundNumber, RefundDecision decision, CancellationToken stop)
    {
        await db.Orders.Where(order => db.OrderRefunds.Any(asked => asked.OrderId == order.Id && asked.Number == refundNumber)).TakeTurnOfOwnerAsync(db, stop);
        var refund = await db.OrderRefunds.Include(refund => refund.Lines).SingleOrDefaultAsync(refund => refund.Number == refundNumber && refund.IsRequest, stop);
        if (refund is null)
            return null;
        if (refund.Status != OrderRefundStatus.Requested)
            return new Refusal("这个申请已经处理过了");
        if (!decision.IsApproved && string.IsNullOrWhiteSpace(decision.Why))
            return new Refusal("请写下拒绝的原因，买家会看到");
        if (decision.Why.Trim().Length > OrderRefund.LongestText)
            return new Refusal("原因最多 {0} 个字", OrderRefund.LongestText);

        var now = clock.GetUtcNow();
        var order = await db.Orders.Include(order => order.Lines).SingleAsync(order => order.Id == refund.OrderId, stop);
        var money = decision.IsApproved ? await ApproveAsync(db, order, refund, staffId, now, stop) : Decline(order, refund, staffId, decision.Why.Trim(), now);
        await db.SaveChangesAsync(stop);
        log.LogInformation("Staff {StaffId} decides on refund {RefundNumber} of order {Number}: {IsApproved}", staffId, refund.Number, order.Number, decision.IsApproved);
        return new BegunRefund(refund.Id, money?.Id);
    }

    private static Task<Refund?> ApproveAsync(ShopDb db, Order order, OrderRefund refund, long staffId, DateTimeOffset now, CancellationToken stop)
    {
        refund.Approve(staffId, now);
        return OrderReturn.StartAsync(db, order, refund, now, stop);
    }

    private static Refund? Decline(Order order, OrderRefund refund, long staffId, string why, DateTimeOffset now)
    {
        refund.Decline(staffId, why, now);
        order.Note(OrderEventKind.RefundDeclined, now, refund.Number);
        return null;
    }
}
