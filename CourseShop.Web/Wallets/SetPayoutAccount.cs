using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Wallets;

/// <summary>收款账户: where withdrawals go to. Its owner says the password again: a sign-in that was left open must not lead money elsewhere.</summary>
public sealed class SetPayoutAccount(ShopDb db, ShopWriter writer, PasswordChecks passwords)
{
    private const int LongestAccount = 100;
    private const int LongestName = 50;

    /// <summary>Refuses a wrong password, and what can't be an account and a name.</summary>
    public async Task<Outcome<Done>> RunAsync(long userId, string? account, string? name, string? password, CancellationToken stop)
    {
        var (typed, realName) = (WrittenText.Line(account, LongestAccount + 1), WrittenText.Line(name, LongestName + 1));
        var isMobile = typed.Length == 11 && typed[0] == '1' && typed.All(char.IsAsciiDigit);
        if (typed.Length > LongestAccount || (!isMobile && EmailAddress.Read(typed).Refusal is not null))
            return new Refusal("支付宝账户是登录支付宝的手机号或邮箱");
        if (realName.Length is < 2 or > LongestName)
            return new Refusal("请填写支付宝实名认证的姓名");
        var user = await db.Users.AsNoTracking().SingleAsync(user => user.Id == userId, stop);
        if (!passwords.Check(user, password ?? "").IsRight)
            return new Refusal("登录密码不对，收款账户没有改");

        return await writer.RunAsync(async (unit, token) =>
        {
            var owner = await unit.Users.SingleAsync(user => user.Id == userId, token);
            (owner.AlipayAccount, owner.AlipayName) = (typed, realName);
            await unit.SaveChangesAsync(token);
            return (Outcome<Done>)new Done();
        }, stop);
    }
}
