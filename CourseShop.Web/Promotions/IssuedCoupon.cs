namespace CourseShop.Promotions;

public enum IssuedCouponStatus
{
    Available,

    /// <summary>Bound to an order that awaits payment.</summary>
    Held,
    Used,
}

/// <summary>One coupon in a shopper's hands.</summary>
public sealed class IssuedCoupon(long couponId, long userId, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
{
    public long Id { get; private set; }
    public long CouponId { get; private set; } = couponId;
    public long UserId { get; private set; } = userId;
    public DateTimeOffset IssuedAt { get; private set; } = issuedAt;
    public DateTimeOffset ExpiresAt { get; private set; } = expiresAt;
    public IssuedCouponStatus Status { get; private set; }

    /// <summary>The order that holds or used it.</summary>
    public string? OrderNumber { get; private set; }
    public DateTimeOffset? UsedAt { get; private set; }
    public Coupon Coupon { get; private set; } = null!;

    public bool IsUsable(DateTimeOffset now) => Status == IssuedCouponStatus.Available && now < ExpiresAt;

    public void HoldFor(string orderNumber)
    {
        Require(IssuedCouponStatus.Available);
        Status = IssuedCouponStatus.Held;
        OrderNumber = orderNumber;
    }

    public void Use(DateTimeOffset now)
    {
        Require(IssuedCouponStatus.Held);
        Status = IssuedCouponStatus.Used;
        UsedAt = now;
    }

    public void Release()
    {
        Require(IssuedCouponStatus.Held);
        Status = IssuedCouponStatus.Available;
        OrderNumber = null;
    }

    /// <summary>Its order was refunded whole: it can be used again. One that has expired stays used.</summary>
    public void ComeBack(DateTimeOffset now)
    {
        Require(IssuedCouponStatus.Used);
        if (now >= ExpiresAt)
            return;
        Status = IssuedCouponStatus.Available;
        OrderNumber = null;
        UsedAt = null;
    }

    private void Require(IssuedCouponStatus status)
    {
        if (Status != status)
            throw new InvalidOperationException($"Coupon {Id} is {Status}, not {status}.");
    }
}
