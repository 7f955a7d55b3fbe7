using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Operations;

/// <summary>What the back office says on every page.</summary>
/// <param name="Count">How many alarms are open; counted to 100.</param>
/// <param name="First">The oldest of them.</param>
public sealed record OpenAlarms(int Count, IReadOnlyList<MoneyAlarm> First);

/// <summary>Reads the open alarms for the banner.</summary>
public sealed class ReadAlarms(ShopDb db)
{
    private const int MostCounted = 100;
    private const int MostShown = 3;

    public async Task<OpenAlarms> RunAsync(CancellationToken stop)
    {
        var first = await db.MoneyAlarms.AsNoTracking().Open().OrderBy(alarm => alarm.Id).Take(MostShown).ToListAsync(stop);
        return new(first.Count < MostShown ? first.Count : await db.MoneyAlarms.Open().OrderBy(alarm => alarm.Id).Take(MostCounted).CountAsync(stop), first);
    }
}
