using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Wallets;

/// <summary>提现: the money leaves the balance in the unit that asks; staff decide. A form that is sent twice asks once.</summary>
public sealed class RequestWithdrawal(ShopWriter writer, IOptions<WalletOptions> options, TimeProvider clock)
{
    /// <summary>Its number.</summary>
    public async Task<Outcome<string>> RunAsync(long userId, string? typed, string formKey, CancellationToken stop) => Money.TryParseYuan(typed?.Trim().TrimStart('¥', '￥').Trim(), out var amount)
        ? await writer.RunAsync((db, token) => RequestAsync(db, userId, amount, formKey, token), stop)
        : new Refusal("请填写提现的金额，最多两位小数");

    private async Task<Outcome<string>> RequestAsync(ShopDb db, long userId, Money amount, string formKey, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfShopper(userId), stop);
        if (await db.Withdrawals.OwnedBy(userId).Where(withdrawal => withdrawal.FormKey == formKey).Select(withdrawal => withdrawal.Number).SingleOrDefaultAsync(stop) is { } same)
            return same;
        var user = await db.Users.SingleAsync(user => user.Id == userId, stop);
        if (user.AlipayAccount.Length == 0 || user.AlipayName.Length == 0)
            return new Refusal("请先填写收款的支付宝账户和姓名");
        var now = clock.GetUtcNow();
        if ((await Withdrawable.ReadAsync(db, userId, options.Value, now, stop)).ObstacleTo(amount, options.Value) is { } obstacle)
            return obstacle;

        var withdrawal = Withdrawal.Request(userId, amount, user.AlipayAccount, user.AlipayName, formKey, now);
        db.Withdrawals.Add(withdrawal);
        db.WalletEntries.Add(WalletEntry.Withdrawn(withdrawal, now));
        await db.SaveChangesAsync(stop);
        return withdrawal.Number;
    }
}
