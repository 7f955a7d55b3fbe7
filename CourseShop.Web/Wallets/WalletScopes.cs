using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>Named queries over wallets.</summary>
public static class WalletScopes
{
    public static IQueryable<WalletEntry> OwnedBy(this IQueryable<WalletEntry> entries, long userId) => entries.Where(entry => entry.UserId == userId);

    public static IQueryable<TopUp> OwnedBy(this IQueryable<TopUp> topUps, long userId) => topUps.Where(topUp => topUp.UserId == userId);

    /// <summary>Rows of a month or year of Beijing's calendar.</summary>
    public static IQueryable<WalletEntry> Between(this IQueryable<WalletEntry> entries, DateOnly first, DateOnly after)
    {
        var (begin, end) = (first.StartInBeijing().ToUniversalTime(), after.StartInBeijing().ToUniversalTime());
        return entries.Where(entry => entry.At >= begin && entry.At < end);
    }

    public static IQueryable<Withdrawal> OwnedBy(this IQueryable<Withdrawal> withdrawals, long userId) => withdrawals.Where(withdrawal => withdrawal.UserId == userId);

    /// <summary>Those that staff have to look at: to be decided, to be paid by hand, or unclear.</summary>
    public static IQueryable<Withdrawal> NeedingAPerson(this IQueryable<Withdrawal> withdrawals) => withdrawals.Where(withdrawal =>
        withdrawal.Status == WithdrawalStatus.Requested || withdrawal.Status == WithdrawalStatus.ByHand || withdrawal.Status == WithdrawalStatus.Unclear);

    /// <summary>Approved ones whose time to be sent or asked about has come.</summary>
    public static IQueryable<Withdrawal> Due(this IQueryable<Withdrawal> withdrawals, DateTimeOffset now) =>
        withdrawals.Where(withdrawal => withdrawal.Status == WithdrawalStatus.Approved && withdrawal.NextTryAt <= now);

    /// <summary>A top-up of this shopper with its attempts; null when there is none.</summary>
    public static async Task<AwaitedPayment?> AwaitedTopUpAsync(this ShopDb db, long userId, string number, CancellationToken stop) =>
        await db.TopUps.AsNoTracking().OwnedBy(userId).SingleOrDefaultAsync(topUp => topUp.Number == number, stop) is { } topUp
            ? new(number, topUp.Amount, topUp.PayBy, topUp.PaidAt, await db.Payments.AsNoTracking().Of(PaymentPurpose.TopUp, number).ToListAsync(stop))
            : null;

    public static async Task<Money> SumAsync(this IQueryable<WalletEntry> entries, CancellationToken stop) => new(await entries.SumAsync(entry => (long)(object)entry.Amount, stop));
}
