using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>Carries out every approved withdrawal whose time has come, one after another.</summary>
public sealed class SendWithdrawals(ShopDb db, SendWithdrawal send, TimeProvider clock, ILogger<SendWithdrawals> log)
{
    private const int MostPerRun = 50;

    /// <summary>How many ended.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var due = await db.Withdrawals.Due(clock.GetUtcNow()).OrderBy(withdrawal => withdrawal.NextTryAt).Select(withdrawal => withdrawal.Id).Take(MostPerRun).ToListAsync(stop);
        var ended = 0;
        foreach (var id in due)
        {
            try
            {
                if (await send.RunAsync(id, stop) is WithdrawalStatus.Paid or WithdrawalStatus.Failed)
                    ended++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException) // one bad withdrawal must not keep the others waiting
            {
                log.LogError(failure, "Withdrawal {Id} could not be carried out; it is tried again", id);
            }
        }

        return ended;
    }
}
