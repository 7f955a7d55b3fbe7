using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>
/// 对账: one comparison of one Beijing day's bill with the shop's books. What it reads counts only when it is finished; then it is the current run of its
/// day, and the one before is none any more. Amounts in fen, times in UTC.
/// </summary>
public sealed class Reconciliation
{
    /// <summary>How long a process may be silent before another takes the day over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    private Reconciliation()
    {
    }

    /// <summary>Row number.</summary>
    public long Id { get; private set; }

    /// <summary>Whose bill.</summary>
    public PaymentChannel Channel { get; private set; }

    /// <summary>Beijing's calendar day.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Where it stands.</summary>
    public ReconciliationState State { get; private set; }

    /// <summary>It is the one whose lines and differences count for its day.</summary>
    public bool IsCurrent { get; private set; }

    /// <summary>Who asked for it; null for the timer.</summary>
    public long? StartedBy { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>When it was last begun, UTC.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>When it was done or failed, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Until when the process that runs it need not be heard of, UTC.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>When it is tried again, UTC; meaningful while it waits or after it failed.</summary>
    public DateTimeOffset? NextTryAt { get; private set; }

    /// <summary>How often this day was tried since it last came out.</summary>
    public int Tries { get; private set; }

    /// <summary>How many rows of the bill are read.</summary>
    public int RowsRead { get; private set; }

    /// <summary>Why it waits or failed.</summary>
    public ReconciliationTrouble? Trouble { get; private set; }

    /// <summary>What was heard of the trouble, for staff.</summary>
    public string? TroubleDetail { get; private set; }

    /// <summary>What moved by the bill; nothing until it is done.</summary>
    public DaySums Bill { get; private set; } = DaySums.None;

    /// <summary>What moved by the shop's books; nothing until it is done.</summary>
    public DaySums Books { get; private set; } = DaySums.None;

    /// <summary>It came out, one way or the other.</summary>
    public bool IsDone => State is ReconciliationState.Clean or ReconciliationState.Differences;

    /// <summary>Asked for, or being done.</summary>
    public bool IsUnderWay => State is ReconciliationState.Asked or ReconciliationState.Running;

    /// <summary>Whether a day is over, so that a bill of it can come to be.</summary>
    /// <param name="day">Beijing's calendar day.</param>
    /// <param name="now">UTC.</param>
    public static bool CanBeHad(DateOnly day, DateTimeOffset now) => day < now.BeijingDay();

    /// <summary>A run that is to be begun.</summary>
    /// <param name="channel">Whose bill.</param>
    /// <param name="day">A Beijing day that is over.</param>
    /// <param name="startedBy">Who asked; null for the timer.</param>
    /// <param name="now">UTC.</param>
    /// <param name="before">The day's latest run; where it failed, its tries count on.</param>
    public static Reconciliation Ask(PaymentChannel channel, DateOnly day, long? startedBy, DateTimeOffset now, Reconciliation? before = null)
    {
        if (!CanBeHad(day, now))
            throw new ArgumentOutOfRangeException(nameof(day), $"{day:O} is not over: there is no bill of it.");

        return new()
        {
            Channel = channel,
            Day = day,
            StartedBy = startedBy,
            AskedAt = now,
            Tries = before is { State: ReconciliationState.Failed } ? before.Tries : 0,
        };
    }

    /// <summary>Whether the process that runs it was silent for too long: it was ended in the middle.</summary>
    /// <param name="now">UTC.</param>
    public bool IsAbandoned(DateTimeOffset now) => State == ReconciliationState.Running && LeaseUntil <= now;

    /// <summary>Whether the worker takes it up by itself.</summary>
    /// <param name="now">UTC.</param>
    public bool IsDue(DateTimeOffset now) => State switch
    {
        ReconciliationState.Asked => true,
        ReconciliationState.Running => IsAbandoned(now),
        ReconciliationState.Waiting or ReconciliationState.Failed => NextTryAt <= now,
        _ => false,
    };

    /// <summary>One that waits is wanted now.</summary>
    /// <param name="staffId">Who asks.</param>
    /// <param name="now">UTC.</param>
    public void AskAgain(long staffId, DateTimeOffset now)
    {
        Require(State == ReconciliationState.Waiting);
        (State, StartedBy, AskedAt) = (ReconciliationState.Asked, staffId, now);
    }

    /// <summary>This process is at it from now on.</summary>
    /// <param name="now">UTC.</param>
    public void Begin(DateTimeOffset now)
    {
        Require(State is ReconciliationState.Asked or ReconciliationState.Waiting);
        State = ReconciliationState.Running;
        StartedAt = now;
        Tries++;
        (Trouble, TroubleDetail, NextTryAt, RowsRead) = (null, null, null, 0);
        StayAt(now);
    }

    /// <summary>Some more of the work is done: the lease begins anew.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="rows">How many rows of the bill were read since the last time.</param>
    public void StayAt(DateTimeOffset now, int rows = 0)
    {
        Require(State == ReconciliationState.Running);
        RowsRead += rows;
        LeaseUntil = now + Lease;
    }

    /// <summary>The bill can't be had now: it waits until the end of the day after, then it has failed; either way it is tried again later.</summary>
    /// <param name="trouble">Why.</param>
    /// <param name="detail">What was heard, if anything.</param>
    /// <param name="now">UTC.</param>
    public void Postpone(ReconciliationTrouble trouble, string? detail, DateTimeOffset now)
    {
        var endOfDayAfter = Day.AddDays(2).StartInBeijing();
        End(now < endOfDayAfter ? ReconciliationState.Waiting : ReconciliationState.Failed, trouble, detail, now);
    }

    /// <summary>Nothing of it counts.</summary>
    /// <param name="trouble">Why.</param>
    /// <param name="detail">What was heard, if anything.</param>
    /// <param name="now">UTC.</param>
    public void Fail(ReconciliationTrouble trouble, string? detail, DateTimeOffset now)
    {
        End(ReconciliationState.Failed, trouble, detail, now);
        if (trouble == ReconciliationTrouble.Interrupted)
            NextTryAt = now;
    }

    /// <summary>The whole bill was read and compared: from now on this run counts.</summary>
    /// <param name="bill">What moved by the bill.</param>
    /// <param name="books">What moved by the shop's books.</param>
    /// <param name="isClean">Whether both sides agree.</param>
    /// <param name="now">UTC.</param>
    public void Finish(DaySums bill, DaySums books, bool isClean, DateTimeOffset now)
    {
        Require(State == ReconciliationState.Running);
        State = isClean ? ReconciliationState.Clean : ReconciliationState.Differences;
        (Bill, Books, IsCurrent, FinishedAt, LeaseUntil) = (bill, books, true, now, null);
    }

    private void End(ReconciliationState state, ReconciliationTrouble trouble, string? detail, DateTimeOffset now)
    {
        Require(State == ReconciliationState.Running);
        State = state;
        (Trouble, TroubleDetail, FinishedAt, LeaseUntil) = (trouble, detail, now, null);
        var wait = FirstWait * Math.Pow(2, Math.Min(Tries - 1, 10));
        NextTryAt = now + (wait < LongestWait ? wait : LongestWait);
    }

    private void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException($"Reconciliation {Id} of {Day:O} is {State}.");
    }
}
