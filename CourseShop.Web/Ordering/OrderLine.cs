using CourseShop.Common;
using CourseShop.Pricing;

namespace CourseShop.Ordering;

/// <summary>One course of an order, with everything as it was when it was placed.</summary>
public sealed class OrderLine
{
    private OrderLine()
    {
    }

    internal OrderLine(QuoteLine line, int position)
    {
        Position = position;
        CourseId = line.CourseId;
        CourseTitle = line.Title;
        CoverPath = line.CoverPath;
        TermId = line.TermId;
        TermDays = line.TermDays;
        CampaignName = line.CampaignName;
        IsFreeCampaign = line.IsFreeCampaign;
        ListPrice = line.ListPrice;
        CampaignDiscount = line.CampaignDiscount;
        Price = line.Price;
        CouponShare = line.CouponShare;
        CreditShare = line.CreditShare;
        Credits = line.Credits;
        Amount = line.Amount;
    }

    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public int Position { get; private set; }
    public long CourseId { get; private set; }
    public string CourseTitle { get; private set; } = "";
    public string CoverPath { get; private set; } = "";
    public long TermId { get; private set; }

    /// <summary>Null: 永久有效.</summary>
    public int? TermDays { get; private set; }
    public string? CampaignName { get; private set; }
    public bool IsFreeCampaign { get; private set; }
    public Money ListPrice { get; private set; }
    public Money CampaignDiscount { get; private set; }
    public Money Price { get; private set; }
    public Money CouponShare { get; private set; }
    public Money CreditShare { get; private set; }
    public int Credits { get; private set; }

    /// <summary>实付 of this line.</summary>
    public Money Amount { get; private set; }

    /// <summary>When it was taken back, whole.</summary>
    public DateTimeOffset? RefundedAt { get; private set; }

    internal void TakeBack(DateTimeOffset now) =>
        RefundedAt = RefundedAt is null ? now : throw new InvalidOperationException($"Line {Id} was taken back already.");
}

public enum OrderEventKind
{
    Placed,

    /// <summary>The buyer was led to the gateway.</summary>
    PaymentOpened,
    Paid,
    Cancelled,
    TimedOut,

    /// <summary>Late money came and everything could still be given.</summary>
    Revived,

    /// <summary>Late money came and can't be used.</summary>
    LateMoney,

    /// <summary>Money came a second time.</summary>
    SecondMoney,

    /// <summary>Money came that doesn't fit.</summary>
    HeldMoney,

    /// <summary>Late, second or held money, or what was too much of it, went back.</summary>
    MoneyReturned,

    /// <summary>申请退款, by the shopper.</summary>
    RefundRequested,

    /// <summary>The shopper took the request back.</summary>
    RefundWithdrawn,

    /// <summary>Staff declined the request.</summary>
    RefundDeclined,

    /// <summary>Staff decided on a refund.</summary>
    RefundStarted,

    /// <summary>Lines were taken back, and what was paid for them came back.</summary>
    Refunded,

    /// <summary>The gateway refused the refund for good.</summary>
    RefundFailed,

    /// <summary>Staff let money count that didn't fit.</summary>
    HeldMoneyAccepted,
}

/// <summary>One step in an order's history; rows are only added.</summary>
public sealed class OrderEvent(OrderEventKind kind, DateTimeOffset at, string? detail)
{
    public long Id { get; private set; }
    public long OrderId { get; private set; }
    public OrderEventKind Kind { get; private set; } = kind;
    public DateTimeOffset At { get; private set; } = at;
    public string? Detail { get; private set; } = detail;
}
