using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Courses;

public sealed record CategoryFacts(string Slug, string Name, bool IsHidden);

public sealed record TeacherFacts(long Id, string Name, string Title, string Bio, bool IsHidden);

public sealed record CourseFacts(
    long Id, string Title, string Pitch, string Description, string CoverPath, CourseLevel Level, int MaxCredits, int Learners,
    bool IsOnSale, CategoryFacts Category, TeacherFacts Teacher);

public sealed record LessonFacts(long Id, string Title, LessonKind Kind, int Seconds, bool IsFreeTrial);

public sealed record ChapterFacts(string Title, IReadOnlyList<LessonFacts> Lessons);

/// <summary>A term on offer, before any campaign.</summary>
public sealed record TermFacts(long Id, int? Days, Money ListPrice);

/// <summary>What of a course page is the same for everybody.</summary>
/// <param name="Course">The course itself.</param>
/// <param name="Chapters">What it teaches.</param>
/// <param name="Terms">What is offered, from short to permanent; without their prices of today.</param>
/// <param name="Articles">Those that speak of it, newest first.</param>
public sealed record CourseSheet(CourseFacts Course, IReadOnlyList<ChapterFacts> Chapters, IReadOnlyList<TermFacts> Terms, IReadOnlyList<ArticleCard> Articles);

/// <summary>Reads course sheets. Those of courses on sale are kept with the look at the shop window, and go with it.</summary>
public sealed class CourseSheets(ShopDb db, ShopWindow window)
{
    private const int ArticlesShown = 4;

    /// <summary>Null when there is no such course, or none that this person may see.</summary>
    /// <param name="id">The course.</param>
    /// <param name="isOwned">Who owns it sees it also while it is hidden.</param>
    /// <param name="now">Of this request.</param>
    /// <param name="stop">Ends with the request.</param>
    public async Task<CourseSheet?> ReadAsync(long id, bool isOwned, DateTimeOffset now, CancellationToken stop)
    {
        var view = await window.LookAsync(stop);
        if (view.Sheets.Find(id) is { } kept)
            return kept;
        var known = db.Courses.Where(course => course.Id == id);
        var sheet = await ReadAsync(isOwned ? known : known.Where(course => !course.IsHidden && course.PublishedAt <= now), stop);
        if (sheet is { Course.IsOnSale: true } && view.Find(id) is not null)
            view.Sheets.Keep(id, sheet);
        return sheet;
    }

    private async Task<CourseSheet?> ReadAsync(IQueryable<Course> known, CancellationToken stop)
    {
        var found = await (
            from course in known
            join category in db.Categories on course.CategoryId equals category.Id
            join teacher in db.Teachers on course.TeacherId equals teacher.Id
            select new CourseFacts(
                course.Id, course.Title, course.Pitch, course.Description, course.CoverPath, course.Level, course.MaxCredits, course.Learners,
                !course.IsHidden && course.WithdrawnAt == null,
                new CategoryFacts(category.Slug, category.Name, category.IsHidden),
                new TeacherFacts(teacher.Id, teacher.Name, teacher.Title, teacher.Bio, teacher.IsHidden))).FirstOrDefaultAsync(stop);
        if (found is null)
            return null;
        var articles = db.Articles.Published().Where(article => article.Courses.Any(about => about.CourseId == found.Id)).Newest().Take(ArticlesShown);
        return new(found, await ReadOutlineAsync(found.Id, stop), await ReadTermsAsync(found.Id, stop), await db.ReadCardsAsync(articles, stop));
    }

    private async Task<IReadOnlyList<ChapterFacts>> ReadOutlineAsync(long id, CancellationToken stop)
    {
        var rows = await (
            from chapter in db.Chapters
            join lesson in db.Lessons on chapter.Id equals lesson.ChapterId
            where chapter.CourseId == id && !chapter.IsHidden && !lesson.IsHidden
            orderby chapter.Position, chapter.Id, lesson.Position, lesson.Id
            select new { chapter.Id, chapter.Title, Lesson = new LessonFacts(lesson.Id, lesson.Title, lesson.Kind, lesson.Seconds, lesson.IsFreeTrial) }).ToListAsync(stop);
        return [.. rows.GroupBy(row => (row.Id, row.Title)).Select(chapter => new ChapterFacts(chapter.Key.Title, [.. chapter.Select(row => row.Lesson)]))];
    }

    private async Task<IReadOnlyList<TermFacts>> ReadTermsAsync(long id, CancellationToken stop)
    {
        var terms = await db.AccessTerms.Where(term => term.CourseId == id && !term.IsHidden).Select(term => new TermFacts(term.Id, term.Days, term.Price)).ToListAsync(stop);
        return [.. terms.OrderBy(term => term.Days ?? int.MaxValue)];
    }
}
