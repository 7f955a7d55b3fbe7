using CourseShop.Data;
using CourseShop.Messaging;

namespace CourseShop.Wallets;

/// <summary>What follows when a withdrawal ends: money that was not paid out is back in the wallet, and its owner hears of it.</summary>
public static class WithdrawalEnding
{
    /// <summary>In the unit in which it ended; one that goes on changes nothing here.</summary>
    public static async Task BookEndingAsync(this ShopDb unit, Withdrawal withdrawal, DateTimeOffset now, CancellationToken stop)
    {
        var isBack = withdrawal.Status is WithdrawalStatus.Declined or WithdrawalStatus.Failed;
        if (!isBack && withdrawal.Status != WithdrawalStatus.Paid)
            return;
        if (isBack)
            unit.WalletEntries.Add(WalletEntry.Returned(withdrawal, now));
        await unit.TellAsync(withdrawal.UserId, isBack ? NoticeKind.WithdrawalReturned : NoticeKind.WithdrawalPaid, $"withdrawal:{withdrawal.Number}", "/wallet/withdraw", [withdrawal.Amount.ToString()], now, stop);
    }
}
