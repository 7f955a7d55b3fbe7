namespace CourseShop.Payments;

/// <summary>Named queries over refunds.</summary>
public static class RefundScopes
{
    /// <summary>Alipay wants this long between two refunds of one trade.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    /// <summary>Open ones whose time has come, and whose payment had no other refund tried a moment ago.</summary>
    public static IQueryable<Refund> Due(this IQueryable<Refund> refunds, DateTimeOffset now)
    {
        var (after, before) = (now - Apart, now + Apart); // bounded on both sides: a clock that was put back must not hold them up
        return refunds.Where(refund => refund.Status == RefundStatus.Open && refund.NextTryAt <= now
            && !refunds.Any(other => other.PaymentId == refund.PaymentId && other.Id != refund.Id && other.TriedAt > after && other.TriedAt < before));
    }
}
