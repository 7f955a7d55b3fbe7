using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Payments;

/// <summary>Carries out every refund whose time has come, one after another.</summary>
public sealed class SendRefunds(ShopDb db, SendRefund send, TimeProvider clock, ILogger<SendRefunds> log)
{
    private const int MostPerRun = 50;

    /// <summary>How many were completed. One per payment and run: Alipay wants three seconds between two refunds of a trade.</summary>
    /// <param name="stop">Stops between two refunds.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var due = await db.Refunds.Due(clock.GetUtcNow()).OrderBy(refund => refund.NextTryAt).Select(refund => new { refund.Id, refund.PaymentId }).Take(MostPerRun).ToListAsync(stop);
        var done = 0;
        foreach (var refund in due.DistinctBy(refund => refund.PaymentId))
        {
            try
            {
                if (await send.RunAsync(refund.Id, stop) == true)
                    done++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // one bad refund must not keep the others waiting
            {
                log.LogError(failure, "Refund {Id} could not be carried out; it is tried again", refund.Id);
            }
        }

        return done;
    }
}
