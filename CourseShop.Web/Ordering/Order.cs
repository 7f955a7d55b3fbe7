using CourseShop.Common;
using CourseShop.Pricing;

namespace CourseShop.Ordering;

/// <summary>订单: what one shopper bought at once, with the prices as they were.</summary>
public sealed class Order
{
    private readonly List<OrderLine> _lines = [];
    private readonly List<OrderEvent> _events = [];

    private Order()
    {
    }

    public long Id { get; private set; }
    public string Number { get; private set; } = "";
    public long UserId { get; private set; }

    /// <summary>One per confirm page: a form that is sent twice makes one order.</summary>
    public string CheckoutKey { get; private set; } = "";
    public OrderStatus Status { get; private set; }

    /// <summary>What the buyer reads at the gateway.</summary>
    public string Title { get; private set; } = "";
    public Money ListTotal { get; private set; }
    public Money CampaignDiscount { get; private set; }
    public Money CouponDiscount { get; private set; }
    public Money CreditDiscount { get; private set; }

    /// <summary>应付.</summary>
    public Money Total { get; private set; }
    public long? IssuedCouponId { get; private set; }
    public string? CouponName { get; private set; }

    /// <summary>Credits held while unpaid, spent when paid.</summary>
    public int Credits { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The deadline.</summary>
    public DateTimeOffset PayBy { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>Past its deadline without a sure answer of the gateway: when it is asked about next.</summary>
    public DateTimeOffset? AskAgainAt { get; private set; }

    /// <summary>When it ended unpaid.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    public IReadOnlyList<OrderLine> Lines => _lines;
    public IReadOnlyList<OrderEvent> Events => _events;

    /// <summary>An order of what a quote says, awaiting payment until the deadline.</summary>
    public static Order Place(Quote quote, long userId, string checkoutKey, string number, string title, DateTimeOffset now, TimeSpan timeout)
    {
        if (quote.Lines.Count == 0)
            throw new ArgumentException("An order has at least one line.", nameof(quote));

        var order = new Order
        {
            Number = number,
            UserId = userId,
            CheckoutKey = checkoutKey,
            Title = title,
            ListTotal = quote.ListTotal,
            CampaignDiscount = quote.CampaignDiscount,
            CouponDiscount = quote.CouponDiscount,
            CreditDiscount = quote.CreditDiscount,
            Total = quote.Total,
            IssuedCouponId = quote.Coupon?.Id,
            CouponName = quote.Coupon?.Coupon.Name,
            Credits = quote.Credits,
            CreatedAt = now,
            PayBy = now + timeout,
        };
        order._lines.AddRange(quote.Lines.Select((line, index) => new OrderLine(line, index)));
        order.Note(OrderEventKind.Placed, now);
        return order;
    }

    public bool IsOverdue(DateTimeOffset now) => Status == OrderStatus.AwaitingPayment && PayBy <= now;

    public TimeSpan TimeLeft(DateTimeOffset now) => Status == OrderStatus.AwaitingPayment && now < PayBy ? PayBy - now : TimeSpan.Zero;

    public void MarkPaid(DateTimeOffset now)
    {
        var isRevived = Status.EndedUnpaid();
        MoveTo(OrderStatus.Paid);
        PaidAt = now;
        ClosedAt = null;
        Note(isRevived ? OrderEventKind.Revived : OrderEventKind.Paid, now);
    }

    public void Cancel(DateTimeOffset now)
    {
        MoveTo(OrderStatus.Cancelled);
        ClosedAt = now;
        Note(OrderEventKind.Cancelled, now);
    }

    public void TimeOut(DateTimeOffset now)
    {
        MoveTo(OrderStatus.TimedOut);
        ClosedAt = now;
        Note(OrderEventKind.TimedOut, now);
    }

    /// <summary>Takes lines back, each once; the order is refunded when none is left.</summary>
    public void TakeBack(IReadOnlyCollection<long> lineIds, string refundNumber, DateTimeOffset now)
    {
        foreach (var line in _lines.Where(line => lineIds.Contains(line.Id)))
            line.TakeBack(now);
        MoveTo(_lines.TrueForAll(line => line.RefundedAt is not null) ? OrderStatus.Refunded : OrderStatus.PartRefunded);
        Note(OrderEventKind.Refunded, now, refundNumber);
    }

    /// <summary>The gateway gave no sure answer: the longer the order is overdue, the longer the next question waits, so that others get their turn.</summary>
    public void AskLater(DateTimeOffset now)
    {
        var overdue = now - PayBy;
        AskAgainAt = now + (overdue < TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : overdue > TimeSpan.FromMinutes(10) ? TimeSpan.FromMinutes(10) : overdue);
    }

    public void Note(OrderEventKind kind, DateTimeOffset now, string? detail = null) => _events.Add(new OrderEvent(kind, now, detail));

    private void MoveTo(OrderStatus next)
    {
        if (!OrderTransitions.Allow(Status, next))
            throw new InvalidOperationException($"Order {Number} is {Status}: it can't become {next}.");
        Status = next;
    }
}
