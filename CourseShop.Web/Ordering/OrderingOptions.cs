namespace CourseShop.Ordering;

/// <summary>The section <c>Ordering</c> of the settings.</summary>
public sealed class OrderingOptions
{
    /// <summary>How long an order waits for its money: 2 minutes to 15 days (Alipay's bounds, and a minute to pay in).</summary>
    public TimeSpan PaymentTimeout { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);
}
