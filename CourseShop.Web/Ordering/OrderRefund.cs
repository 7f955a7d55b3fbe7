using CourseShop.Common;

namespace CourseShop.Ordering;

public enum OrderRefundStatus
{
    /// <summary>待审核: the shopper asked, staff decide.</summary>
    Requested,

    /// <summary>已拒绝, by staff.</summary>
    Declined,

    /// <summary>已撤回, by the shopper.</summary>
    Withdrawn,

    /// <summary>退款中: decided; the money is on its way, or the gateway's answer is awaited.</summary>
    Open,

    /// <summary>已退款.</summary>
    Done,

    /// <summary>退款失败: the gateway refused for good; nothing was taken back.</summary>
    Failed,
}

/// <summary>退款单: some lines of one order, taken back whole, with what comes back for them. Begun by the shopper's request or by staff.</summary>
public sealed class OrderRefund
{
    public const int LongestText = 200;

    private readonly List<OrderRefundLine> _lines = [];

    private OrderRefund()
    {
    }

    public long Id { get; private set; }
    public long OrderId { get; private set; }

    /// <summary>Also the number of its money at the gateway.</summary>
    public string Number { get; private set; } = "";
    public OrderRefundStatus Status { get; private set; }

    /// <summary>Who began it: the shopper, or one of staff.</summary>
    public long BegunBy { get; private set; }
    public bool IsRequest { get; private set; }

    /// <summary>Why, in the words of who began it.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>退回金额.</summary>
    public Money Money { get; private set; }

    /// <summary>退回积分.</summary>
    public int Credits { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public long? DecidedBy { get; private set; }

    /// <summary>Why it was declined, or with which code the gateway refused.</summary>
    public string? Answer { get; private set; }

    /// <summary>When it ended, however it ended.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
    public IReadOnlyList<OrderRefundLine> Lines => _lines;

    /// <summary>申请退款: waits for staff.</summary>
    public static OrderRefund Request(RefundPreview preview, long orderId, long userId, string number, string reason, DateTimeOffset now) =>
        Begin(preview, orderId, userId, number, reason, now);

    /// <summary>By staff: decided at once.</summary>
    public static OrderRefund ByStaff(RefundPreview preview, long orderId, long staffId, string number, string reason, DateTimeOffset now)
    {
        var refund = Begin(preview, orderId, staffId, number, reason, now);
        refund.IsRequest = false;
        refund.Approve(staffId, now);
        return refund;
    }

    public void Approve(long staffId, DateTimeOffset now)
    {
        MoveFrom(OrderRefundStatus.Requested, OrderRefundStatus.Open);
        DecidedAt = now;
        DecidedBy = staffId;
    }

    public void Decline(long staffId, string why, DateTimeOffset now)
    {
        MoveFrom(OrderRefundStatus.Requested, OrderRefundStatus.Declined);
        DecidedAt = now;
        DecidedBy = staffId;
        End(now, why);
    }

    public void Withdraw(DateTimeOffset now)
    {
        MoveFrom(OrderRefundStatus.Requested, OrderRefundStatus.Withdrawn);
        End(now, null);
    }

    public void Complete(DateTimeOffset now)
    {
        MoveFrom(OrderRefundStatus.Open, OrderRefundStatus.Done);
        EndedAt = now;
    }

    /// <summary>The gateway refused for good; the lines may be refunded anew.</summary>
    public void Fail(string? code, DateTimeOffset now)
    {
        MoveFrom(OrderRefundStatus.Open, OrderRefundStatus.Failed);
        End(now, code);
    }

    private static OrderRefund Begin(RefundPreview preview, long orderId, long by, string number, string reason, DateTimeOffset now)
    {
        if (preview.Lines.Count == 0)
            throw new ArgumentException("A refund takes back at least one line.", nameof(preview));

        var refund = new OrderRefund
        {
            OrderId = orderId,
            Number = number,
            BegunBy = by,
            IsRequest = true,
            Reason = reason,
            Money = preview.Money,
            Credits = preview.Credits,
            CreatedAt = now,
        };
        refund._lines.AddRange(preview.Lines.Select(line => new OrderRefundLine(line.Id)));
        return refund;
    }

    private void End(DateTimeOffset now, string? answer)
    {
        Answer = answer;
        EndedAt = now;
        _lines.ForEach(line => line.LetGo());
    }

    private void MoveFrom(OrderRefundStatus expected, OrderRefundStatus next)
    {
        if (Status != expected)
            throw new InvalidOperationException($"Refund {Number} is {Status}: it can't become {next}.");
        Status = next;
    }
}

/// <summary>A line that is taken back. While it is held, no other refund can take it: a unique index sees to that.</summary>
public sealed class OrderRefundLine(long orderLineId)
{
    public long Id { get; private set; }
    public long OrderRefundId { get; private set; }
    public long OrderLineId { get; private set; } = orderLineId;
    public bool IsHeld { get; private set; } = true;

    internal void LetGo() => IsHeld = false;
}
