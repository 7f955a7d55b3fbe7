using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Catalog;

/// <summary>Brings the entries up to date that the database has marked as stale (<see cref="SearchIndex"/>), in slices.</summary>
public sealed class IndexCourses(ShopWriter writer)
{
    private const int Slice = 500;

    /// <summary>How many entries were written.</summary>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var written = 0;
        for (int slice; (slice = await writer.RunAsync(IndexAsync, stop)) > 0;)
            written += slice;
        return written;
    }

    private static async Task<int> IndexAsync(ShopDb db, CancellationToken stop)
    {
        await db.TakeTurnAsync(Turn.OfSearchEntries, stop);
        var ids = await db.StaleSearchEntries.OrderBy(stale => stale.CourseId).Select(stale => stale.CourseId).Take(Slice).ToListAsync(stop);
        if (ids.Count == 0)
            return 0;
        await db.StaleSearchEntries.Where(stale => ids.Contains(stale.CourseId)).ExecuteDeleteAsync(stop); // before they are read: what changes from now on marks them anew
        var courses = await db.Courses.Where(course => ids.Contains(course.Id)).Select(course => new
        {
            course.Id,
            course.Title,
            course.Pitch,
            course.Description,
            Teacher = db.Teachers.Where(teacher => teacher.Id == course.TeacherId).Select(teacher => teacher.Name).First(),
        }).ToListAsync(stop);
        var lessons = (await (from chapter in db.Chapters
                              join lesson in db.Lessons on chapter.Id equals lesson.ChapterId
                              where ids.Contains(chapter.CourseId) && !chapter.IsHidden && !lesson.IsHidden
                              select new { chapter.CourseId, Chapter = chapter.Title, lesson.Title }).ToListAsync(stop)).ToLookup(row => row.CourseId);

        await db.CourseSearchEntries.Where(entry => ids.Contains(entry.CourseId)).ExecuteDeleteAsync(stop);
        db.AddRange(courses.Select(course => CourseSearchEntry.Of(course.Id, course.Title, course.Teacher,
            lessons[course.Id].Select(row => row.Chapter).Distinct(StringComparer.Ordinal).Concat(lessons[course.Id].Select(row => row.Title)), course.Pitch, course.Description)));
        await db.SaveChangesAsync(stop);
        return ids.Count;
    }
}
