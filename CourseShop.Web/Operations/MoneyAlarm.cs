namespace CourseShop.Operations;

/// <summary>A finding that the watchdog keeps: open until the row is right again, then told as history.</summary>
public sealed class MoneyAlarm(string invariant, string subject, long? userId, string facts, DateTimeOffset firstSeenAt)
{
    public const char Between = '\n';

    public long Id { get; private set; }

    /// <summary>The number of the invariant that is broken.</summary>
    public string Invariant { get; private set; } = invariant;

    /// <summary>The number of the order, payment or refund.</summary>
    public string Subject { get; private set; } = subject;
    public long? UserId { get; private set; } = userId;

    /// <summary>What was found, a line for each.</summary>
    public string Facts { get; private set; } = facts;
    public DateTimeOffset FirstSeenAt { get; private set; } = firstSeenAt;
    public DateTimeOffset LastSeenAt { get; private set; } = firstSeenAt;

    /// <summary>When the row was right again.</summary>
    public DateTimeOffset? ClearedAt { get; private set; }

    public IReadOnlyList<string> FactList => Facts.Split(Between);

    public void SeeAgain(string facts, DateTimeOffset now)
    {
        Facts = facts;
        LastSeenAt = now;
    }

    public void Clear(DateTimeOffset now) => ClearedAt = now;
}
