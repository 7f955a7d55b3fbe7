using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations.Invariants;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Operations;

/// <summary>How much the watchdog looks at.</summary>
public enum CheckDepth
{
    /// <summary>What waits for a person: a few small questions.</summary>
    Waiting,

    /// <summary>What something happened to since the last look.</summary>
    Changed,

    /// <summary>Every row.</summary>
    Everything,
}

/// <summary>
/// Looks at the books and keeps what it finds as alarms; an alarm whose row is right again is cleared. Every minute it looks at what waits for a person,
/// every hour at what changed, every night at everything, and every hour at everything while something is broken.
/// </summary>
public sealed class WatchMoney(ShopDb db, ShopWriter writer, CheckMoney check, TimeProvider clock, ILogger<WatchMoney> log)
{
    private const int QuietHour = 4;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <param name="wanted">How much somebody asks for; null leaves it to the time.</param>
    /// <param name="stop">Stops between two questions.</param>
    public async Task<CheckDepth> RunAsync(CheckDepth? wanted, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var last = await db.MoneyChecks.AsNoTracking().OrderByDescending(check => check.Id).FirstOrDefaultAsync(stop);
        var depth = wanted ?? await JudgeAsync(last, now, stop);
        var report = await check.RunAsync(Plan(depth, last), stop);
        var alarms = report.Findings.GroupBy(finding => (finding.Rule.Number, finding.Subject)).ToDictionary(group => group.Key, group => group.First());
        if (depth == CheckDepth.Waiting && await AreKnownAsync(alarms.Keys, stop))
            return depth;

        await writer.RunAsync((unit, token) => NoteAsync(unit, depth, report, alarms, now, token), stop);
        foreach (var finding in report.Broken)
            log.LogCritical("Money invariant {Invariant} is broken: {Subject} {Facts}", finding.Rule.Number, finding.Subject, finding.Facts);
        return depth;
    }

    private async Task<CheckDepth> JudgeAsync(MoneyCheck? last, DateTimeOffset now, CancellationToken stop)
    {
        var lastWhole = await db.MoneyChecks.Where(check => check.IsWhole).OrderByDescending(check => check.Id).Select(check => (DateTimeOffset?)check.StartedAt).FirstOrDefaultAsync(stop);
        var age = now - lastWhole;
        if (last is null || age is null || age >= Day || age < TimeSpan.Zero || (age >= Hour && now.ToBeijing().Hour == QuietHour && age >= Day / 2))
            return CheckDepth.Everything;
        if (now - last.StartedAt < Hour)
            return CheckDepth.Waiting;
        return last.Broken > 0 ? CheckDepth.Everything : CheckDepth.Changed;
    }

    private static CheckPlan Plan(CheckDepth depth, MoneyCheck? last) => depth switch
    {
        CheckDepth.Waiting => new([.. MoneyRules.All.Where(rule => rule.IsForAPerson)]),
        CheckDepth.Changed when last is not null => new(MoneyRules.All, last.Marks, last.StartedAt - Hour),
        _ => CheckPlan.Everything,
    };

    /// <summary>Most minutes nothing has changed, and nothing is written.</summary>
    private async Task<bool> AreKnownAsync(IReadOnlyCollection<(string Invariant, string Subject)> found, CancellationToken stop)
    {
        var open = await db.MoneyAlarms.AsNoTracking().Open().Select(alarm => new { alarm.Invariant, alarm.Subject }).ToListAsync(stop);
        return open.Where(alarm => alarm.Invariant.StartsWith('W')).Select(alarm => (alarm.Invariant, alarm.Subject)).ToHashSet().SetEquals(found);
    }

    private async Task<bool> NoteAsync(ShopDb unit, CheckDepth depth, CheckReport report, Dictionary<(string, string), Finding> found, DateTimeOffset now, CancellationToken stop)
    {
        var open = await unit.MoneyAlarms.Open().ToListAsync(stop);
        foreach (var alarm in open)
        {
            if (found.Remove((alarm.Invariant, alarm.Subject), out var finding))
                alarm.SeeAgain(finding.FactLines, now);
            else if (IsAnswered(alarm, depth, report))
                alarm.Clear(now);
        }

        unit.MoneyAlarms.AddRange(found.Values.Select(finding => new MoneyAlarm(finding.Rule.Number, finding.Subject, finding.UserId, finding.FactLines, now)));
        if (depth != CheckDepth.Waiting)
        {
            unit.MoneyChecks.Add(new MoneyCheck(depth == CheckDepth.Everything, now, clock.GetUtcNow(), report.Broken.Count, report.Marks.Step, report.Marks.Credit, report.Marks.Coupon));
            await unit.MoneyChecks.Where(check => check.StartedAt < now - KeptFor).ExecuteDeleteAsync(stop);
        }

        return await unit.SaveChangesAsync(stop) > 0;
    }

    /// <summary>Only a look at every row of its invariant says that an alarm's row is right again; and not one that found more than it could hold.</summary>
    private static bool IsAnswered(MoneyAlarm alarm, CheckDepth depth, CheckReport report) =>
        (depth == CheckDepth.Everything || MoneyRules.Find(alarm.Invariant) is { IsForAPerson: true }) && report.Findings.Count(finding => finding.Rule.Number == alarm.Invariant) < CheckMoney.MostPerRule;
}
