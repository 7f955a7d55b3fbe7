using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>A new account, signed in at once. That a name is taken is said; that an address is taken is not: the account then has none.</summary>
public sealed class SignUp(ShopWriter writer, PasswordChecks passwords, SessionCookie cookie, TimeProvider clock)
{
    /// <summary>The id of the new account.</summary>
    public async Task<Outcome<long>> RunAsync(UserName name, EmailAddress? email, NewPassword password, CancellationToken stop)
    {
        var hash = passwords.Hash(password);
        var made = await writer.RunAsync((unit, token) => MakeAsync(unit, name, email, hash, token), stop);
        if (made.Refusal is { } why)
            return why;

        await cookie.GiveAsync(made.Value.User, made.Value.Session, isRemembered: false);
        return made.Value.User.Id;
    }

    private async Task<Outcome<(ShopUser User, SignInSession Session)>> MakeAsync(ShopDb unit, UserName name, EmailAddress? email, string hash, CancellationToken stop)
    {
        if (await unit.Users.AnyAsync(user => user.NormalizedUserName == name.Key, stop))
            return new Refusal("这个用户名已经有人用了，请换一个");
        if (email is not null && await unit.Users.AnyAsync(user => user.NormalizedEmail == email.Key, stop))
            email = null;

        var now = clock.GetUtcNow();
        var user = ShopUser.New(name, email, hash, now);
        unit.Add(user);
        await unit.SaveChangesAsync(stop);
        var session = SignInSession.Begin(user.Id, now);
        unit.Add(session);
        await unit.SaveChangesAsync(stop);
        return (user, session);
    }
}
