namespace CourseShop.Ordering;

/// <summary>The section <c>Ordering</c> of the settings.</summary>
public sealed class OrderingOptions
{
    /// <summary>How long an order waits for its money: 2 minutes to 15 days (Alipay's bounds, and a minute to pay in).</summary>
    public TimeSpan PaymentTimeout { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after paying a shopper may ask for a refund; zero: never.</summary>
    public TimeSpan RefundWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How much of a course may have been opened then: 0 to 1.</summary>
    public decimal RefundMaxProgress { get; set; } = 0.30m;

    /// <summary>The window in whole days, for people.</summary>
    public int RefundDays => (int)RefundWindow.TotalDays;

    /// <summary>The progress in percent, for people.</summary>
    public int RefundPercent => (int)(RefundMaxProgress * 100);

    /// <summary>Whether a refund of what was paid then may still be asked for.</summary>
    public bool LeavesTimeToAsk(DateTimeOffset? paidAt, DateTimeOffset now) => now <= paidAt + RefundWindow;
}
