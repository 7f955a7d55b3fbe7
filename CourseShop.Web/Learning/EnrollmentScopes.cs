namespace CourseShop.Learning;

public static class EnrollmentScopes
{
    /// <summary>Grants that are open now, or will be.</summary>
    public static IQueryable<Enrollment> Live(this IQueryable<Enrollment> grants, DateTimeOffset now) =>
        grants.Where(grant => grant.RevokedAt == null && (grant.EndsAt == null || grant.EndsAt > now));

    /// <summary>Grants that allow learning now.</summary>
    public static IQueryable<Enrollment> Open(this IQueryable<Enrollment> grants, DateTimeOffset now) =>
        grants.Live(now).Where(grant => grant.StartsAt <= now);

    public static IQueryable<Enrollment> OwnedBy(this IQueryable<Enrollment> grants, long userId) =>
        grants.Where(grant => grant.UserId == userId);
}
