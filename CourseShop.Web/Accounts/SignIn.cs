using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>
/// By user name or e-mail. The password is compared first, the answer is decided in the unit: so attempts sent all at once are counted one
/// by one, and the right password among them does not help once the account is locked. Names that nobody has get the same work and words.
/// </summary>
public sealed class SignIn(ShopDb db, ShopWriter writer, PasswordChecks passwords, UnknownNames unknown, SessionCookie cookie, CurrentShopper shopper, TimeProvider clock)
{
    /// <summary>The id of who has signed in.</summary>
    public async Task<Outcome<long>> RunAsync(string? nameOrEmail, string? password, bool isRemembered, CancellationToken stop)
    {
        var key = KeyOf(nameOrEmail);
        var known = key is null ? null : await FindAsync(key, stop);
        var (isRight, strongerHash) = passwords.Check(known, password ?? "");

        var attempt = new Attempt(known?.Id ?? 0, known?.PasswordHash, isRight, strongerHash, shopper.SessionKey);
        var judged = known is null
            ? await writer.RunAsync((unit, token) => PretendAsync(unit, key, token), stop)
            : await writer.RunAsync((unit, token) => JudgeAsync(unit, attempt, token), stop);
        if (judged.Refusal is { } why)
            return why;

        await cookie.GiveAsync(judged.Value.User, judged.Value.Session, isRemembered);
        return judged.Value.User.Id;
    }

    private static string? KeyOf(string? typed) => typed is { Length: > 0 and <= EmailAddress.Longest }
        ? EmailAddress.Read(typed).Value?.Key ?? (PlainText.TryNormalise(typed, out var plain) ? plain.ToUpperInvariant() : null)
        : null;

    private Task<ShopUser?> FindAsync(string key, CancellationToken stop) => key.Contains('@', StringComparison.Ordinal)
        ? db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedEmail == key, stop)
        : db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedUserName == key, stop);

    private async Task<Outcome<(ShopUser User, SignInSession Session)>> JudgeAsync(ShopDb unit, Attempt attempt, CancellationToken stop)
    {
        await unit.TakeTurnAsync(Turn.OfShopper(attempt.UserId), stop);
        var now = clock.GetUtcNow();
        var user = await unit.Users.SingleAsync(user => user.Id == attempt.UserId, stop);
        if (user.IsLockedOut(now))
            return SignInRules.LockedOut;
        if (!attempt.IsRight || user.PasswordHash != attempt.ComparedHash)
        {
            user.CountWrongPassword(now);
            await unit.SaveChangesAsync(stop);
            return user.IsLockedOut(now) ? SignInRules.LockedOut : SignInRules.Wrong;
        }

        user.ForgiveWrongPasswords();
        user.PasswordHash = attempt.StrongerHash ?? user.PasswordHash;
        var session = SignInSession.Begin(user.Id, now);
        unit.Add(session);
        if (attempt.SessionOfBefore is { } key && await unit.SignInSessions.SingleOrDefaultAsync(before => before.Key == key, stop) is { } left)
            left.End(now); // who signs in while signed in leaves nothing open behind
        await unit.SaveChangesAsync(stop);
        return (user, session);
    }

    /// <summary>Writes nothing new, but as durably as a wrong password of a real account is counted: the time tells nothing either.</summary>
    private async Task<Outcome<(ShopUser User, SignInSession Session)>> PretendAsync(ShopDb unit, string? key, CancellationToken stop)
    {
        var isLocked = key is not null && unknown.CountAndAskIfLocked(key);
        await unit.Users.OrderBy(user => user.Id).Take(1).ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount), stop);
        return isLocked ? SignInRules.LockedOut : SignInRules.Wrong;
    }

    private sealed record Attempt(long UserId, string? ComparedHash, bool IsRight, string? StrongerHash, string? SessionOfBefore);
}
