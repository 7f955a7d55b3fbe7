using CourseShop.Common;

namespace CourseShop.Ordering;

/// <summary>What becomes of an order's coupon.</summary>
public enum CouponFate
{
    /// <summary>The order used none.</summary>
    None,

    /// <summary>Something of the order stays bought, and so the coupon stays used.</summary>
    StaysUsed,

    /// <summary>The whole order is refunded: the coupon can be used again.</summary>
    ComesBack,

    /// <summary>The whole order is refunded, but the coupon has expired meanwhile.</summary>
    HasExpired,
}

/// <summary>What taking some lines of an order back brings, before anybody presses: exact, and the same when it is done.</summary>
/// <param name="Lines">What is taken back; their access ends.</param>
/// <param name="Money">What goes back the way it came.</param>
/// <param name="Credits">Credits that come back.</param>
/// <param name="Coupon">What becomes of the coupon.</param>
/// <param name="IsWhole">With what was taken back before, nothing of the order stays.</param>
public sealed record RefundPreview(IReadOnlyList<OrderLine> Lines, Money Money, int Credits, CouponFate Coupon, bool IsWhole)
{
    /// <param name="order">With its lines.</param>
    /// <param name="lineIds">What is to be taken back; others, and what was taken back before, are passed over.</param>
    /// <param name="underWay">Lines that other refunds are taking back.</param>
    /// <param name="couponExpiresAt">Of the coupon that the order used; null where it used none.</param>
    /// <param name="now">The time of judging.</param>
    public static RefundPreview Of(Order order, IReadOnlyCollection<long> lineIds, IReadOnlyCollection<long> underWay, DateTimeOffset? couponExpiresAt, DateTimeOffset now)
    {
        var lines = order.Lines.Where(line => line.RefundedAt is null && lineIds.Contains(line.Id)).OrderBy(line => line.Position).ToList();
        var isWhole = lines.Count > 0 && order.Lines.All(line => line.RefundedAt is not null || underWay.Contains(line.Id) || lines.Contains(line));
        return new(lines, new Money(lines.Sum(line => line.Amount.Fen)), lines.Sum(line => line.Credits), FateOf(couponExpiresAt, isWhole, now), isWhole);
    }

    private static CouponFate FateOf(DateTimeOffset? expiresAt, bool isWhole, DateTimeOffset now) => expiresAt switch
    {
        null => CouponFate.None,
        _ when !isWhole => CouponFate.StaysUsed,
        { } end => now < end ? CouponFate.ComesBack : CouponFate.HasExpired,
    };
}
