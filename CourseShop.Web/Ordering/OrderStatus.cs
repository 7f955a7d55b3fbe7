namespace CourseShop.Ordering;

public enum OrderStatus
{
    /// <summary>待支付.</summary>
    AwaitingPayment,

    /// <summary>已支付.</summary>
    Paid,

    /// <summary>已取消, by the shopper.</summary>
    Cancelled,

    /// <summary>超时取消, by the sweeper.</summary>
    TimedOut,

    /// <summary>部分退款.</summary>
    PartRefunded,

    /// <summary>已退款.</summary>
    Refunded,
}

/// <summary>The only moves an order may make.</summary>
public static class OrderTransitions
{
    private static readonly Dictionary<OrderStatus, OrderStatus[]> Moves = new()
    {
        [OrderStatus.AwaitingPayment] = [OrderStatus.Paid, OrderStatus.Cancelled, OrderStatus.TimedOut],
        [OrderStatus.Cancelled] = [OrderStatus.Paid],
        [OrderStatus.TimedOut] = [OrderStatus.Paid],
        [OrderStatus.Paid] = [OrderStatus.PartRefunded, OrderStatus.Refunded],
        [OrderStatus.PartRefunded] = [OrderStatus.PartRefunded, OrderStatus.Refunded],
        [OrderStatus.Refunded] = [],
    };

    public static bool Allow(OrderStatus from, OrderStatus to) => Moves[from].Contains(to);

    /// <summary>Ended without money: cancelled or timed out.</summary>
    public static bool EndedUnpaid(this OrderStatus status) => status is OrderStatus.Cancelled or OrderStatus.TimedOut;

    /// <summary>Something of it is bought and held: paid, and not refunded whole.</summary>
    public static bool IsBought(this OrderStatus status) => status is OrderStatus.Paid or OrderStatus.PartRefunded;

    /// <summary>The machine's word that scripts read: <c>awaiting_payment</c> …</summary>
    public static string ToCode(this OrderStatus status) => status switch
    {
        OrderStatus.AwaitingPayment => "awaiting_payment",
        OrderStatus.Paid => "paid",
        OrderStatus.Cancelled => "cancelled",
        OrderStatus.TimedOut => "timed_out",
        OrderStatus.PartRefunded => "part_refunded",
        OrderStatus.Refunded => "refunded",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
