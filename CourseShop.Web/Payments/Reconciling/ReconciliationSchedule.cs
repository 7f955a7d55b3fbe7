using CourseShop.Common;

namespace CourseShop.Payments.Reconciling;

/// <summary>Which days the worker compares by itself.</summary>
public static class ReconciliationSchedule
{
    /// <summary>How many days it goes back for those that were missed.</summary>
    public const int DaysBack = 7;

    /// <summary>Beijing's time of day from which on yesterday's bill is asked for: Alipay's is ready at about nine.</summary>
    public static readonly TimeSpan Begins = TimeSpan.FromHours(10);

    /// <summary>The last day whose bill is to be had by now, and the first that is still made up.</summary>
    /// <param name="now">UTC.</param>
    public static (DateOnly First, DateOnly Last) Days(DateTimeOffset now)
    {
        var yesterday = now.BeijingDay().AddDays(-1);
        return (yesterday.AddDays(1 - DaysBack), now.ToBeijing().TimeOfDay >= Begins ? yesterday : yesterday.AddDays(-1));
    }

    /// <summary>The days to compare now, oldest first: those that came to their time without a run, and those whose run is due.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="firstOfAll">The day on which a buyer was first asked for money; null when nobody ever was.</param>
    /// <param name="latest">The latest run of each day that has one: all of the last days, and what is under way for any other.</param>
    public static IReadOnlyList<DateOnly> Due(DateTimeOffset now, DateOnly? firstOfAll, IReadOnlyCollection<Reconciliation> latest)
    {
        var (first, last) = Days(now);
        var due = latest.Where(run => run.IsDue(now) && (run.Day >= first || run.State != ReconciliationState.Failed)).Select(run => run.Day);
        var missed = Enumerable.Range(0, DaysBack).Select(first.AddDays).Where(day => day <= last && day >= firstOfAll).Except(latest.Select(run => run.Day));
        return [.. due.Concat(missed).Distinct().Order()];
    }
}
