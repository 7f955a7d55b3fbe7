using System.Net;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations.Invariants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Operations;

/// <summary>One alarm as a machine reads it.</summary>
internal sealed record AlarmReport(string Invariant, string Subject, string Says, DateTimeOffset Since);

/// <summary><c>/health/deep</c>: whether the money is where it belongs. 200, or 503 with the alarms; for this machine and for staff, for others it isn't there.</summary>
public static class DeepHealthEndpoint
{
    private const int MostTold = 100;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(3);

    public static void MapDeepHealth(this WebApplication app) => app.MapGet("/health/deep", async (HttpContext context, ShopDb db, TimeProvider clock, IStringLocalizer<Words> words, CancellationToken stop) =>
    {
        if (!MayLook(context))
            return Results.NotFound();

        var alarms = await db.MoneyAlarms.AsNoTracking().Open().OrderBy(alarm => alarm.Id).Take(MostTold).ToListAsync(stop);
        var told = alarms.ConvertAll(alarm => new AlarmReport(alarm.Invariant, words[alarm.Subject], words.Say(alarm), alarm.FirstSeenAt));
        var looked = await db.MoneyChecks.OrderByDescending(check => check.Id).Select(check => (DateTimeOffset?)check.StartedAt).FirstOrDefaultAsync(stop);
        if (looked is { } last && clock.GetUtcNow() - last > LongestSilence)
            told.Add(new("W0", "watchdog", words["账目从 {0} 起没有再核对", last.ToMinute()], last + LongestSilence));
        return Results.Json(new { status = told.Count == 0 ? "ok" : "alarm", lookedAt = looked, alarms = told }, statusCode: told.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }).AllowAnonymous();

    private static bool MayLook(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) || Roles.Staff.Split(',').Any(context.User.IsInRole);
}
