namespace CourseShop.Operations;

/// <summary>How far the watchdog had read when it looked: later rows are what happened since.</summary>
public sealed record CheckMarks(long Step, long Credit, long Coupon)
{
    public static CheckMarks None { get; } = new(0, 0, 0);

    /// <summary>So many rows earlier: they may have had a number when it looked, and not been there yet.</summary>
    public CheckMarks Before(int rows) => new(Step - rows, Credit - rows, Coupon - rows);
}

/// <summary>One look of the watchdog at the books.</summary>
public sealed class MoneyCheck(bool isWhole, DateTimeOffset startedAt, DateTimeOffset endedAt, int broken, long step, long credit, long coupon)
{
    public long Id { get; private set; }

    /// <summary>Every row was looked at, not only what had changed.</summary>
    public bool IsWhole { get; private set; } = isWhole;
    public DateTimeOffset StartedAt { get; private set; } = startedAt;
    public DateTimeOffset EndedAt { get; private set; } = endedAt;

    /// <summary>How many rows broke an invariant.</summary>
    public int Broken { get; private set; } = broken;

    /// <summary>The last order event, credit entry and issued coupon that it saw.</summary>
    public long Step { get; private set; } = step;
    public long Credit { get; private set; } = credit;
    public long Coupon { get; private set; } = coupon;

    public CheckMarks Marks => new(Step, Credit, Coupon);
}
