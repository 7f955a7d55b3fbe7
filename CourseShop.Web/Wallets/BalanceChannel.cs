using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>账户余额: pays whole or not at all, and takes back, within the unit that books it. It is the payer's turn, so that what the balance covers is what it covers.</summary>
public sealed class BalanceChannel(SettlePayment settle, TimeProvider clock) : IHouseChannel
{
    public PaymentChannel Channel => PaymentChannel.Balance;

    /// <summary>Why a balance can't pay this; null when it can.</summary>
    public static async Task<Refusal?> ObstacleAsync(ShopDb db, long userId, Money amount, CancellationToken stop)
    {
        var balance = await db.WalletEntries.OwnedBy(userId).SumAsync(stop);
        return balance >= amount ? null : new Refusal("账户余额是 {0}，不够支付 {1}。请先充值，或者用支付宝", balance, amount);
    }

    /// <summary>Pays an attempt and settles it the way any money is settled. Whoever calls has asked for the obstacle in the same unit.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="userId">Whose balance.</param>
    /// <param name="payment">A new attempt of this channel, for something that still can be paid.</param>
    /// <param name="stop">Stops the unit.</param>
    public async Task PayAsync(ShopDb db, long userId, Payment payment, CancellationToken stop)
    {
        if (await ObstacleAsync(db, userId, payment.Amount, stop) is not null)
            throw new InvalidOperationException($"The balance of {userId} doesn't cover {payment.OutTradeNo}.");

        var now = clock.GetUtcNow();
        db.Payments.Add(payment);
        db.WalletEntries.Add(WalletEntry.Paid(userId, payment, now));
        await db.SaveChangesAsync(stop); // the settlement finds it in the database, as it finds any
        var trade = new GatewayTrade(payment.OutTradeNo, $"B{payment.OutTradeNo}", GatewayTradeStatus.Paid, payment.Amount, Money.Zero, null, now);
        if (await settle.ApplyAsync(db, trade, stop) is not NotificationVerdict.Settled and var verdict)
            throw new InvalidOperationException($"{payment.OutTradeNo} was paid from the balance, and is {verdict}.");
    }

    /// <inheritdoc />
    public async Task GiveBackAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop)
    {
        var paid = WalletEntry.PaidKey(refund.Payment);
        var payer = await db.WalletEntries.Where(entry => entry.ReasonKey == paid).Select(entry => entry.UserId!.Value).SingleAsync(stop);
        db.WalletEntries.Add(WalletEntry.GivenBack(payer, refund, now));
    }
}
