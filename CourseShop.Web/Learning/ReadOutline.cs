using CourseShop.Catalog;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Learning;

/// <summary>One lesson in a course's table of contents.</summary>
/// <param name="Id">The lesson.</param>
/// <param name="Chapter">Its chapter's title.</param>
/// <param name="Number">Where it stands, such as 2.1.</param>
/// <param name="Title">Its own title.</param>
/// <param name="Kind">Video or text.</param>
/// <param name="Seconds">How long it plays, or takes to read.</param>
/// <param name="IsFreeTrial">免费试学.</param>
/// <param name="IsOpen">Whether the reader may learn it.</param>
public sealed record OutlineLesson(long Id, string Chapter, string Number, string Title, LessonKind Kind, int Seconds, bool IsFreeTrial, bool IsOpen);

/// <summary>目录: a course's lessons in reading order. What is hidden stays visible to those who bought it.</summary>
public sealed class ReadOutline(ShopDb db)
{
    public async Task<IReadOnlyList<OutlineLesson>> RunAsync(long courseId, bool isEnrolled, CancellationToken stop)
    {
        var rows = await (
            from chapter in db.Chapters
            where chapter.CourseId == courseId && (isEnrolled || !chapter.IsHidden)
            join lesson in db.Lessons on chapter.Id equals lesson.ChapterId
            where isEnrolled || !lesson.IsHidden
            orderby chapter.Position, chapter.Id, lesson.Position, lesson.Id
            select new { ChapterId = chapter.Id, Chapter = chapter.Title, lesson.Id, lesson.Title, lesson.Kind, lesson.Seconds, lesson.IsFreeTrial }).ToListAsync(stop);
        return rows.GroupBy(row => row.ChapterId)
            .SelectMany((chapter, first) => chapter.Select((row, second) =>
                new OutlineLesson(row.Id, row.Chapter, $"{first + 1}.{second + 1}", row.Title, row.Kind, row.Seconds, row.IsFreeTrial, LessonAccess.Opens(isEnrolled, isShown: true, row.IsFreeTrial))))
            .ToList();
    }
}
