using CourseShop.Data;

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

    /// <summary>How much of each course somebody has opened; courses without lessons are left out.</summary>
    public static IQueryable<CourseProgress> ProgressOf(this ShopDb db, long userId, IReadOnlyCollection<long> courseIds) =>
        from chapter in db.Chapters
        where courseIds.Contains(chapter.CourseId)
        join lesson in db.Lessons on chapter.Id equals lesson.ChapterId
        group lesson by chapter.CourseId into course
        select new CourseProgress(course.Key, course.Count(), db.LessonProgress.Count(opened => opened.UserId == userId && opened.CourseId == course.Key));
}
