namespace CourseShop.Learning;

public enum EnrollmentSource
{
    /// <summary>用户购买.</summary>
    Purchase,

    /// <summary>免费活动.</summary>
    FreeCampaign,

    /// <summary>活动赠品.</summary>
    Gift,

    /// <summary>系统赠送.</summary>
    Grant,
}

/// <summary>购买记录: one grant of access. Access is a set of them: ending one never removes another.</summary>
public sealed class Enrollment(long userId, long courseId, EnrollmentSource source, DateTimeOffset startsAt, DateTimeOffset? endsAt)
{
    public long Id { get; private set; }
    public long UserId { get; private set; } = userId;
    public long CourseId { get; private set; } = courseId;
    public EnrollmentSource Source { get; private set; } = source;
    public DateTimeOffset StartsAt { get; private set; } = startsAt;

    /// <summary>Null: permanently.</summary>
    public DateTimeOffset? EndsAt { get; private set; } = endsAt;

    /// <summary>Ended before its time, for instance by a refund.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }
    public long? OrderLineId { get; private set; }
    public string? TradeNo { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    public Enrollment PaidWith(long orderLineId, string? tradeNo, DateTimeOffset paidAt)
    {
        OrderLineId = orderLineId;
        TradeNo = tradeNo;
        PaidAt = paidAt;
        return this;
    }

    /// <summary>Ends it before its time; what other grants allow stays.</summary>
    /// <returns>How much of its term was left; nothing where it had no end or is over.</returns>
    public TimeSpan Revoke(DateTimeOffset now)
    {
        RevokedAt = RevokedAt is null ? now : throw new InvalidOperationException($"Grant {Id} has ended already.");
        var unused = EndsAt - (now > StartsAt ? now : StartsAt);
        return unused > TimeSpan.Zero ? unused.Value : TimeSpan.Zero;
    }

    /// <summary>A term before this one was taken back: this one, appended to it, moves up, and stays as long as it was.</summary>
    public void MoveUp(TimeSpan by)
    {
        StartsAt -= by;
        EndsAt -= by;
    }

    public bool IsOpen(DateTimeOffset now) => RevokedAt is null && StartsAt <= now && (EndsAt is null || now < EndsAt);
}
