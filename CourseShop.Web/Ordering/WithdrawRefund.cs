using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>撤回申请: the shopper keeps the courses after all, as long as staff have not decided.</summary>
public sealed class WithdrawRefund(ShopWriter writer, TimeProvider clock)
{
    /// <summary>Null when no such request is the shopper's.</summary>
    public Task<Outcome<Done>?> RunAsync(long userId, string number, string refundNumber, CancellationToken stop) => writer.RunAsync(async (db, token) =>
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), token);
        var order = await db.Orders.OwnedBy(userId).SingleOrDefaultAsync(order => order.Number == number, token);
        var refund = order is null ? null : await db.OrderRefunds.Include(refund => refund.Lines).SingleOrDefaultAsync(refund => refund.OrderId == order.Id && refund.Number == refundNumber && refund.IsRequest, token);
        if (refund is null)
            return null;
        if (refund.Status == OrderRefundStatus.Withdrawn)
            return new Done();
        if (refund.Status != OrderRefundStatus.Requested)
            return new Refusal("客服已经处理了这个申请，不能撤回了");

        var now = clock.GetUtcNow();
        refund.Withdraw(now);
        order!.Note(OrderEventKind.RefundWithdrawn, now, refund.Number);
        await db.SaveChangesAsync(token);
        return (Outcome<Done>?)new Done();
    }, stop);
}
