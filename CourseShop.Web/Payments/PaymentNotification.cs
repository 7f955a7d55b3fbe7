namespace CourseShop.Payments;

/// <summary>What came of a notification.</summary>
public enum NotificationVerdict
{
    /// <summary>Not signed by the gateway, or unreadable. Only the last 1,000 are kept.</summary>
    Forged,

    /// <summary>It settled its payment.</summary>
    Settled,

    /// <summary>A repeat, or a state that needs nothing.</summary>
    NothingToDo,

    /// <summary>Genuine, but no payment of ours has this number.</summary>
    UnknownNumber,

    /// <summary>Genuine, but for another app or seller.</summary>
    NotOurs,

    /// <summary>Money that doesn't fit was booked as Held.</summary>
    Held,

    /// <summary>Money came too late and can't be used.</summary>
    Late,

    /// <summary>Money came a second time.</summary>
    Second,

    /// <summary>Genuine, but its facts can't be read (an unknown trade status, no amount).</summary>
    Unreadable,

    /// <summary>More went back than the shop sent back: somebody refunded at the gateway's own site. Nothing is changed by it.</summary>
    RefundElsewhere,
}

/// <summary>A notification as it came: the raw text and what became of it. Rows are never changed; forged ones are bounded.</summary>
public sealed class PaymentNotification(
    PaymentChannel channel, string? notifyId, string? outTradeNo, string? tradeNo, string? tradeStatus, string body, NotificationVerdict verdict, string remoteAddress, DateTimeOffset receivedAt)
{
    /// <summary>Row number.</summary>
    public long Id { get; private set; }

    /// <summary>Which gateway.</summary>
    public PaymentChannel Channel { get; private set; } = channel;

    /// <summary>The gateway's id, the same over its resends; unique; null for a forged one.</summary>
    public string? NotifyId { get; private set; } = notifyId;

    /// <summary>As told; not checked for a forged one.</summary>
    public string? OutTradeNo { get; private set; } = outTradeNo;

    /// <summary>As told.</summary>
    public string? TradeNo { get; private set; } = tradeNo;

    /// <summary>As told.</summary>
    public string? TradeStatus { get; private set; } = tradeStatus;

    /// <summary>The body as it came (bytes as Latin-1 characters); longer than 64 KB is not taken at all.</summary>
    public string Body { get; private set; } = body;

    /// <summary>What became of it.</summary>
    public NotificationVerdict Verdict { get; private set; } = verdict;

    /// <summary>Who sent it.</summary>
    public string RemoteAddress { get; private set; } = remoteAddress;

    /// <summary>UTC.</summary>
    public DateTimeOffset ReceivedAt { get; private set; } = receivedAt;
}
