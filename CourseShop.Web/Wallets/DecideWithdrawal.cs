using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>Staff approve or decline a withdrawal; a declined one is back in the wallet in the same unit. Pressed twice, or by two of them, it is decided once.</summary>
public sealed class DecideWithdrawal(ShopWriter writer, TimeProvider clock, ILogger<DecideWithdrawal> log)
{
    /// <summary>Null when there is no such withdrawal.</summary>
    /// <param name="staffId">Who decides.</param>
    /// <param name="number">The withdrawal.</param>
    /// <param name="whyNot">Null approves; a no says why.</param>
    /// <param name="stop">Stops waiting for the unit's turn.</param>
    public Task<Outcome<WithdrawalStatus>?> RunAsync(long staffId, string number, string? whyNot, CancellationToken stop) => writer.RunAsync(async (db, token) =>
    {
        await db.TakeTurnsAsync(db.Withdrawals.Where(withdrawal => withdrawal.Number == number).Select(withdrawal => withdrawal.UserId), token);
        if (await db.Withdrawals.SingleOrDefaultAsync(withdrawal => withdrawal.Number == number, token) is not { } withdrawal)
            return null;
        if (withdrawal.Status != WithdrawalStatus.Requested)
            return new Refusal("这笔提现已经处理过了");
        if (whyNot is not null && whyNot.Trim().Length is 0 or > Withdrawal.LongestText)
            return new Refusal("请写下原因，最多 {0} 个字，申请人会看到", Withdrawal.LongestText);
        if (withdrawal.UserId == staffId)
            return new Refusal("自己的提现要由别人审核");

        var now = clock.GetUtcNow();
        if (whyNot is null)
            withdrawal.Approve(staffId, now);
        else
            withdrawal.Decline(staffId, whyNot.Trim(), now);
        await db.BookEndingAsync(withdrawal, now, token);
        await db.SaveChangesAsync(token);
        log.LogInformation("Staff {StaffId} decides withdrawal {Number}: {Status}", staffId, number, withdrawal.Status);
        return (Outcome<WithdrawalStatus>?)withdrawal.Status;
    }, stop);
}
