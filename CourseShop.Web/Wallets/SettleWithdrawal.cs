using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>What staff found out about a withdrawal that they paid by hand, or that was unclear.</summary>
/// <param name="WasPaid">The payee has the money.</param>
/// <param name="Text">The receipt's number, or why the money comes back.</param>
public sealed record WithdrawalFinding(bool WasPaid, string? Text);

/// <summary>Staff end a withdrawal that doesn't end by itself: paid, with its receipt, or put back with the reason. Pressed twice, it ends once.</summary>
public sealed class SettleWithdrawal(ShopWriter writer, TimeProvider clock, ILogger<SettleWithdrawal> log)
{
    /// <summary>Null when there is no such withdrawal.</summary>
    public Task<Outcome<WithdrawalStatus>?> RunAsync(long staffId, string number, WithdrawalFinding finding, CancellationToken stop) => writer.RunAsync(async (db, token) =>
    {
        await db.TakeTurnsAsync(db.Withdrawals.Where(withdrawal => withdrawal.Number == number).Select(withdrawal => withdrawal.UserId), token);
        if (await db.Withdrawals.SingleOrDefaultAsync(withdrawal => withdrawal.Number == number, token) is not { } withdrawal)
            return null;
        if (!withdrawal.IsForAPerson)
            return new Refusal("这笔提现不用人工处理，或者已经处理过了");
        var text = WrittenText.Line(finding.Text, Withdrawal.LongestText + 1);
        if (text.Length is 0 or > Withdrawal.LongestText)
            return finding.WasPaid ? new Refusal("请填写打款的回单号") : new Refusal("请写下原因，最多 {0} 个字，申请人会看到", Withdrawal.LongestText);
        if (withdrawal.UserId == staffId)
            return new Refusal("自己的提现要由别人审核");

        var now = clock.GetUtcNow();
        if (finding.WasPaid)
            withdrawal.Complete(text, now);
        else
            withdrawal.Fail(text, now);
        await db.BookEndingAsync(withdrawal, now, token);
        await db.SaveChangesAsync(token);
        log.LogInformation("Staff {StaffId} settles withdrawal {Number} by hand: {Status}", staffId, number, withdrawal.Status);
        return (Outcome<WithdrawalStatus>?)withdrawal.Status;
    }, stop);
}
