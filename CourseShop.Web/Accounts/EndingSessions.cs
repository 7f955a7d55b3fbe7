using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Accounts;

/// <summary>Signs an account out everywhere, in the unit that gives the reason.</summary>
public static class EndingSessions
{
    public static async Task EndSessionsAsync(this ShopDb unit, long userId, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var session in await unit.SignInSessions.Open(now).Where(session => session.UserId == userId).ToListAsync(stop))
            session.End(now);
    }
}
