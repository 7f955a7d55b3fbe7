using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Learning;

/// <summary>The one question before a lesson is shown or its video sent. Asked again for every request, so that access ends when it ends.</summary>
public sealed class MayLearn(ShopDb db, TimeProvider clock)
{
    /// <summary>Null: there is no such lesson, or none that this person may know of.</summary>
    public async Task<LessonAccess?> RunAsync(long lessonId, long? userId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var holder = userId ?? 0;
        var access = await (
            from lesson in db.Lessons
            where lesson.Id == lessonId
            join chapter in db.Chapters on lesson.ChapterId equals chapter.Id
            join course in db.Courses on chapter.CourseId equals course.Id
            select new LessonAccess(
                course.Id,
                db.Enrollments.OwnedBy(holder).Open(now).Any(grant => grant.CourseId == course.Id),
                !lesson.IsHidden && !chapter.IsHidden && !course.IsHidden && course.PublishedAt <= now,
                lesson.IsFreeTrial,
                lesson.MediaFile)).FirstOrDefaultAsync(stop);
        return access is { IsVisible: true } ? access : null;
    }
}
