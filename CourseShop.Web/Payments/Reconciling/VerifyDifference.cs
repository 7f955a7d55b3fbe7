using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments.Reconciling;

/// <summary>Staff looked into a difference and say what it was.</summary>
public sealed class VerifyDifference(ShopWriter writer, TimeProvider clock, ILogger<VerifyDifference> log)
{
    /// <summary>How long a note may be.</summary>
    public const int LongestNote = 200;

    /// <summary>Refuses an empty note, one that is too long, and what was cleared up already.</summary>
    /// <param name="id">The difference, of a current run.</param>
    /// <param name="note">What it was.</param>
    /// <param name="staffId">Who says so.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public async Task<Outcome<Done>> RunAsync(long id, string? note, long staffId, CancellationToken stop)
    {
        if (!PlainText.TryNormalise(note, out var plain) || !plain.EnumerateRunes().Any(PlainText.IsVisible))
            return new Refusal("请写明核实的结果，比如在支付宝查到了什么");
        if (plain.Length > LongestNote)
            return new Refusal("核实的结果最多写 {0} 个字", LongestNote);

        return await writer.RunAsync(async (db, token) =>
        {
            await db.ReconciliationDifferences.Where(difference => difference.Id == id).TakeTurnOfDayAsync(db, token);
            if (await db.ReconciliationDifferences.Valid().Open().SingleOrDefaultAsync(open => open.Id == id, token) is not { } difference)
                return new Refusal("这条差异已经处理过了，或者这一天重新对过账");
            difference.Verify(plain, staffId, clock.GetUtcNow());
            await db.SaveChangesAsync(token);
            log.LogInformation("Staff {StaffId} verified difference {Id} of trade {TradeNo}", staffId, id, difference.TradeNo);
            return (Outcome<Done>)new Done();
        }, stop);
    }
}
