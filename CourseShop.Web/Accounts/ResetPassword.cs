using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>Sets a new password by a one-time link, and ends every session of the account. Of two who use one link at once, one succeeds.</summary>
public sealed class ResetPassword(ShopDb db, ShopWriter writer, PasswordLinks links, PasswordChecks passwords, TimeProvider clock)
{
    private static readonly Refusal NoLonger = new("这个链接已经用过或已过期，请重新获取");

    public async Task<Outcome<Done>> RunAsync(string? userName, string? token, NewPassword password, CancellationToken stop)
    {
        var key = UserName.Read(userName).Value?.Key;
        var user = key is null ? null : await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedUserName == key, stop);
        if (user is null || token is null or { Length: > 2000 } || !await links.IsGoodAsync(user, token))
            return NoLonger;

        var hash = passwords.Hash(password);
        return await writer.RunAsync((unit, stopUnit) => SetAsync(unit, user.Id, user.SecurityStamp, hash, stopUnit), stop);
    }

    private async Task<Outcome<Done>> SetAsync(ShopDb unit, long userId, string? stampOfLink, string hash, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(userId), stop);
        var user = await unit.Users.SingleAsync(user => user.Id == userId, stop);
        if (user.SecurityStamp != stampOfLink)
            return NoLonger;

        var now = clock.GetUtcNow();
        user.ChangePassword(hash);
        await unit.EndSessionsAsync(userId, now, stop);
        await unit.SaveChangesAsync(stop);
        return new Done();
    }
}
