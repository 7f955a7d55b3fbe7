namespace CourseShop.Accounts;

public static class SignInSessionScopes
{
    /// <summary>Sessions that still let their owner in.</summary>
    public static IQueryable<SignInSession> Open(this IQueryable<SignInSession> sessions, DateTimeOffset now)
    {
        var oldest = now - SignInSession.LongestLife;
        return sessions.Where(session => session.EndedAt == null && session.StartedAt > oldest);
    }
}
