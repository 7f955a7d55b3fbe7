namespace CourseShop.Payments;

/// <summary>Named queries over refunds.</summary>
public static class RefundScopes
{
    /// <summary>Open ones whose time has come.</summary>
    public static IQueryable<Refund> Due(this IQueryable<Refund> refunds, DateTimeOffset now) =>
        refunds.Where(refund => refund.Status == RefundStatus.Open && refund.NextTryAt <= now);
}
