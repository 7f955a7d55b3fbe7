using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments.Reconciling;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Admin;

/// <param name="State">Where the day's latest run stands; null when there was none.</param>
/// <param name="Open">How many differences nobody cleared up.</param>
/// <param name="Net">What is left of the day by the bill; null until it came out.</param>
public sealed record CalendarDay(DateOnly Date, ReconciliationState? State, int Open, int RowsRead, Money? Net)
{
    /// <summary>Every difference is cleared up: the day gets its tick, too.</summary>
    public ReconciliationState? Shown => State == ReconciliationState.Differences && Open == 0 ? ReconciliationState.Clean : State;
}

public sealed record OpenDay(DateOnly Date, int Open);

/// <summary>对账: a month of days, each with its tick, or with what is still to be done.</summary>
public sealed class ReconciliationModel(ShopDb db, TimeProvider clock) : PageModel
{
    public const string MonthFormat = "yyyy-MM";
    private const int MostOpenDays = 12;

    /// <summary>The first day of the month that is shown.</summary>
    public DateOnly Month { get; private set; }
    public DateOnly Today { get; private set; }

    /// <summary>From Monday to Sunday; null for days of other months.</summary>
    public IReadOnlyList<CalendarDay?[]> Weeks { get; private set; } = [];

    /// <summary>Days of any month with open differences, latest first.</summary>
    public IReadOnlyList<OpenDay> OpenDays { get; private set; } = [];
    public bool IsUnderWay => Weeks.Any(week => week.Any(day => day?.State is ReconciliationState.Asked or ReconciliationState.Running));
    public bool HasNext => Month.AddMonths(1) <= Today;

    public async Task OnGetAsync(string? month, CancellationToken stop)
    {
        Today = clock.GetUtcNow().BeijingDay();
        Month = First(month);
        var (from, until) = (Month, Month.AddMonths(1));
        var latest = await db.Reconciliations.LatestOfEachDay().Where(run => run.Day >= from && run.Day < until)
            .Select(run => new { run.Day, run.State, run.RowsRead }).ToDictionaryAsync(run => run.Day, stop);
        var current = await db.Reconciliations.AsNoTracking().Current().Where(run => run.Day >= from && run.Day < until)
            .Select(run => new { run.Day, run.Bill, Open = db.ReconciliationDifferences.Count(open => open.ReconciliationId == run.Id && open.Ending == null) }).ToDictionaryAsync(run => run.Day, stop);
        var days = Enumerable.Range(0, until.DayNumber - from.DayNumber).Select(from.AddDays).Select(date =>
        {
            var (run, result) = (latest.GetValueOrDefault(date), current.GetValueOrDefault(date));
            return new CalendarDay(date, run?.State, result?.Open ?? 0, run?.RowsRead ?? 0, result?.Bill.Net);
        });
        var before = ((int)from.DayOfWeek + 6) % 7; // the week begins on Monday
        Weeks = [.. Enumerable.Repeat<CalendarDay?>(null, before).Concat(days).Chunk(7).Select(week => week.Concat(Enumerable.Repeat<CalendarDay?>(null, 7 - week.Length)).ToArray())];
        OpenDays = await db.ReconciliationDifferences.Valid().Open().GroupBy(open => open.Reconciliation.Day)
            .Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(group => group.Key).Take(MostOpenDays)
            .Select(group => new OpenDay(group.Key, group.Count)).ToListAsync(stop);
    }

    public static string Address(DateOnly month) => $"/admin/reconciliation?month={month.ToString(MonthFormat, CultureInfo.InvariantCulture)}";

    private DateOnly First(string? month)
    {
        var isMonth = DateOnly.TryParseExact(month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) && asked.Year >= 2000 && asked <= Today;
        return isMonth ? asked : new DateOnly(Today.Year, Today.Month, 1);
    }
}
