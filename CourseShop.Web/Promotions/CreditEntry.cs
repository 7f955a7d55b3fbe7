namespace CourseShop.Promotions;

public enum CreditKind
{
    /// <summary>业务增值.</summary>
    Earned,

    /// <summary>购物消费.</summary>
    Spent,

    /// <summary>系统赠送.</summary>
    Granted,

    /// <summary>返还.</summary>
    Returned,
}

/// <summary>积分: one row of a shopper's ledger. Rows are only ever added; the balance is their sum.</summary>
/// <param name="userId">Whose.</param>
/// <param name="amount">Credits, negative when they go out.</param>
/// <param name="kind">Why, in the shopper's words.</param>
/// <param name="reasonKey">Unique: the same reason can never be booked twice.</param>
/// <param name="orderNumber">The order it belongs to, if any.</param>
/// <param name="at">When.</param>
public sealed class CreditEntry(long userId, int amount, CreditKind kind, string reasonKey, string? orderNumber, DateTimeOffset at)
{
    public long Id { get; private set; }
    public long UserId { get; private set; } = userId;
    public int Amount { get; private set; } = amount;
    public CreditKind Kind { get; private set; } = kind;
    public string ReasonKey { get; private set; } = reasonKey;
    public string? OrderNumber { get; private set; } = orderNumber;
    public DateTimeOffset At { get; private set; } = at;

    public static CreditEntry Hold(long userId, int credits, string orderNumber, DateTimeOffset at) =>
        new(userId, -credits, CreditKind.Spent, $"order:{orderNumber}:hold", orderNumber, at);

    public static CreditEntry Release(long userId, int credits, string orderNumber, DateTimeOffset at) =>
        new(userId, credits, CreditKind.Returned, $"order:{orderNumber}:release", orderNumber, at);

    /// <summary>Late money revives an order: what was returned is taken again.</summary>
    public static CreditEntry HoldAgain(long userId, int credits, string orderNumber, DateTimeOffset at) =>
        new(userId, -credits, CreditKind.Spent, $"order:{orderNumber}:hold-again", orderNumber, at);

    /// <summary>A line was taken back: the credits spent on it return.</summary>
    public static CreditEntry Refund(long userId, int credits, string orderNumber, long orderLineId, DateTimeOffset at) =>
        new(userId, credits, CreditKind.Returned, $"order:{orderNumber}:refund:{orderLineId}", orderNumber, at);
}
