using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>Everything that a refund of an order is judged by, as the database has it now; read the same way for showing and for deciding.</summary>
/// <param name="Order">With its lines.</param>
/// <param name="UnderWay">Lines that a request or a refund holds already.</param>
/// <param name="CouponExpiresAt">Of the coupon that the order used.</param>
/// <param name="Progress">How far the shopper got, by course.</param>
public sealed record RefundCase(Order Order, IReadOnlyCollection<long> UnderWay, DateTimeOffset? CouponExpiresAt, IReadOnlyDictionary<long, CourseProgress> Progress)
{
    /// <summary>What its money came through, and goes back to.</summary>
    public PaymentChannel Channel { get; init; }

    /// <summary>What taking these lines back brings.</summary>
    public RefundPreview Preview(IReadOnlyCollection<long> lineIds, DateTimeOffset now) => RefundPreview.Of(Order, lineIds, UnderWay, CouponExpiresAt, now);

    /// <summary>Why a line can't be taken back at all; null when staff may.</summary>
    public Refusal? ObstacleFor(OrderLine line)
    {
        if (!Order.Status.IsBought())
            return new Refusal("订单没有付款，或已经全部退款");
        if (line.RefundedAt is not null)
            return new Refusal("已退款");
        return UnderWay.Contains(line.Id) ? new Refusal("退款处理中") : null;
    }

    /// <summary>Why the shopper can't ask for a line's refund; null when they may.</summary>
    public Refusal? ObstacleForShopper(OrderLine line, OrderingOptions rules, DateTimeOffset now)
    {
        if (ObstacleFor(line) is { } obstacle)
            return obstacle;
        if (line.Amount.IsZero && line.Credits == 0)
            return new Refusal("免费得到的课程，不需要退款");
        if (!rules.LeavesTimeToAsk(Order.PaidAt, now))
            return new Refusal("已超过购买后 {0} 天的退款期", rules.RefundDays);
        return Progress.TryGetValue(line.CourseId, out var progress) && progress is { Opened: > 0 } && progress.Share >= rules.RefundMaxProgress
            ? new Refusal("已学 {0} / {1} 课时，超过可退款的 {2}%", progress.Opened, progress.Lessons, rules.RefundPercent)
            : null;
    }

    /// <summary>Why a refund form can't be done as it stands; null when what its sender saw still holds.</summary>
    public Refusal? ObstacleTo(RefundWish wish, Func<OrderLine, Refusal?> obstacleFor, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(wish.Reason) || wish.Reason.Trim().Length > OrderRefund.LongestText)
            return new Refusal("请写下退款原因，最多 {0} 个字", OrderRefund.LongestText);
        if (wish.LineIds.Count == 0)
            return new Refusal("请先选择要退款的课程");
        foreach (var line in Order.Lines.Where(line => wish.LineIds.Contains(line.Id)))
        {
            if (obstacleFor(line) is { } obstacle)
                return new Refusal("《{0}》不能退款：{1}", line.CourseTitle, obstacle);
        }

        var preview = Preview(wish.LineIds, now);
        return preview.Lines.Count == wish.LineIds.Distinct().Count() && preview.Money == wish.AgreedMoney && preview.Credits == wish.AgreedCredits
            ? null
            : new Refusal("退款内容刚刚有变动，请确认后再提交");
    }

    /// <summary>Null when there is no such order among these.</summary>
    public static async Task<RefundCase?> ReadAsync(ShopDb db, IQueryable<Order> orders, string number, CancellationToken stop)
    {
        var order = await orders.Include(order => order.Lines.OrderBy(line => line.Position)).SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return null;
        var lineIds = order.Lines.Select(line => line.Id).ToList();
        var courseIds = order.Lines.Select(line => line.CourseId).ToList();
        return new(order,
            await db.OrderRefundLines.Where(line => line.IsHeld && lineIds.Contains(line.OrderLineId) && db.OrderRefunds.Any(refund => refund.Id == line.OrderRefundId && refund.Status != OrderRefundStatus.Done)).Select(line => line.OrderLineId).ToListAsync(stop),
            await db.IssuedCoupons.Where(issued => issued.Id == order.IssuedCouponId).Select(issued => (DateTimeOffset?)issued.ExpiresAt).SingleOrDefaultAsync(stop),
            await db.ProgressOf(order.UserId, courseIds).ToDictionaryAsync(progress => progress.CourseId, stop))
        {
            Channel = await db.Payments.OfOrder(number).Where(payment => payment.Status == PaymentStatus.Settled).Select(payment => payment.Channel).FirstOrDefaultAsync(stop),
        };
    }
}
