using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>What of a wallet can be withdrawn now; read the same way for showing and for deciding.</summary>
/// <param name="Balance">All of it.</param>
/// <param name="Held">Tips that are too fresh.</param>
/// <param name="LeftToday">What the daily limit leaves.</param>
public sealed record Withdrawable(Money Balance, Money Held, Money LeftToday)
{
    /// <summary>What can be asked for at most.</summary>
    public Money Most => Money.Max(Money.Zero, Money.Min(Balance - Held, LeftToday));

    /// <summary>Why this can't be withdrawn; null when it can.</summary>
    public Refusal? ObstacleTo(Money amount, WalletOptions rules)
    {
        if (amount < rules.Minimum)
            return new Refusal("一次最少提现 {0}", rules.Minimum);
        if (amount > Balance)
            return new Refusal("余额是 {0}，不够提现 {1}", Balance, amount);
        if (amount > Balance - Held)
            return new Refusal("收到不满 {0} 天的赞赏 {1} 还不能提现，现在最多可提 {2}", rules.TipHoldingDays, Held, Most);
        return amount > LeftToday ? new Refusal("每天最多提现 {0}，今天还可以提 {1}", rules.DailyLimit, LeftToday) : null;
    }

    /// <summary>Tips that came within the holding days, less what was taken back of them and what the platform kept; no more than is there.</summary>
    public static async Task<Withdrawable> ReadAsync(ShopDb db, long userId, WalletOptions rules, DateTimeOffset now, CancellationToken stop)
    {
        var (since, today) = (now.AddDays(-rules.TipHoldingDays), now.StartOfBeijingDay().ToUniversalTime());
        var mine = db.WalletEntries.OwnedBy(userId);
        var balance = await mine.SumAsync(stop);
        var fresh = await mine.Where(entry => entry.At > since && (entry.Kind == WalletKind.TipIn || entry.Kind == WalletKind.PlatformShare)).SumAsync(stop);
        var asked = await db.Withdrawals.OwnedBy(userId).Where(withdrawal => withdrawal.RequestedAt >= today && withdrawal.Status != WithdrawalStatus.Declined && withdrawal.Status != WithdrawalStatus.Failed)
            .SumAsync(withdrawal => (long)(object)withdrawal.Amount, stop);
        return new(balance, Money.Max(Money.Zero, Money.Min(fresh, balance)), Money.Max(Money.Zero, rules.DailyLimit - new Money(asked)));
    }
}
