using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>Ends the session here, so that copies of its cookie are refused, and takes the cookie back.</summary>
public sealed class SignOut(ShopWriter writer, SessionCookie cookie, CurrentShopper shopper, TimeProvider clock)
{
    public async Task RunAsync(CancellationToken stop)
    {
        if (shopper.SessionKey is { } key)
            await writer.RunAsync((unit, token) => EndAsync(unit, key, token), stop);
        await cookie.TakeBackAsync();
    }

    private async Task<Done> EndAsync(ShopDb unit, string key, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (await unit.SignInSessions.SingleOrDefaultAsync(session => session.Key == key, stop) is { } session)
            session.End(now);
        await unit.SaveChangesAsync(stop);
        return new Done();
    }
}
