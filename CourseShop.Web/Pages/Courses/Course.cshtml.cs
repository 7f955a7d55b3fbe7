using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Learning;
using CourseShop.Pricing;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Courses;

public sealed record CategoryFacts(string Slug, string Name, bool IsHidden);

public sealed record TeacherFacts(long Id, string Name, string Title, string Bio, bool IsHidden);

public sealed record CourseFacts(
    long Id, string Title, string Pitch, string Description, string CoverPath, CourseLevel Level, int MaxCredits, int Learners,
    bool IsOnSale, CategoryFacts Category, TeacherFacts Teacher);

public sealed record LessonFacts(long Id, string Title, LessonKind Kind, int Seconds, bool IsFreeTrial);

public sealed record ChapterFacts(string Title, IReadOnlyList<LessonFacts> Lessons);

/// <summary>A term on offer, with its price now.</summary>
public sealed record TermChoice(long Id, int? Days, Money ListPrice, CampaignPrice Price);

public sealed class CourseModel(ShopDb db, ShopWindow window, CurrentShopper shopper, AddToCart addToCart, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int ArticlesShown = 4;

    public CourseFacts Course { get; private set; } = null!;
    public IReadOnlyList<ChapterFacts> Chapters { get; private set; } = [];
    public IReadOnlyList<TermChoice> Terms { get; private set; } = [];
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];
    public TermChoice? Chosen { get; private set; }
    public AccessPeriod Held { get; private set; } = AccessPeriod.None;

    /// <summary>When what was bought ran out; null where nothing did.</summary>
    public DateTimeOffset? RanOutAt { get; private set; }

    public bool IsOwned => Held != AccessPeriod.None;
    public IEnumerable<LessonFacts> Lessons => Chapters.SelectMany(chapter => chapter.Lessons);
    public LessonFacts? FirstTrial => Lessons.FirstOrDefault(lesson => lesson.IsFreeTrial);

    public async Task<IActionResult> OnGetAsync(long id, long? term, CancellationToken stop) =>
        await LoadAsync(id, term, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAddAsync(long id, long? term, CancellationToken stop)
    {
        if (!ModelState.IsValid)
            return await OnGetAsync(id, null, stop);

        var added = await addToCart.RunAsync(shopper.BeginCart(), id, term, stop);
        if (added.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            return await OnGetAsync(id, term, stop);
        }

        TempData["Flash"] = words["已加入购物车"].Value;
        return RedirectToPage(new { id, term });
    }

    private async Task<bool> LoadAsync(long id, long? term, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var grants = shopper.UserId is { } user
            ? await db.Enrollments.OwnedBy(user).Where(grant => grant.CourseId == id).AsNoTracking().ToListAsync(stop)
            : [];
        Held = AccessPeriod.Of(grants, now);
        RanOutAt = IsOwned ? null : grants.Where(grant => grant.RevokedAt is null).Max(grant => grant.EndsAt);

        var known = db.Courses.Where(course => course.Id == id);
        if (!IsOwned)
            known = known.Where(course => !course.IsHidden && course.PublishedAt <= now);
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
            return false;

        Course = found;
        Chapters = await ReadOutlineAsync(id, stop);
        Articles = await db.ReadCardsAsync(db.Articles.Published().Where(article => article.Courses.Any(about => about.CourseId == id)).Newest().Take(ArticlesShown), stop);
        if (Course.IsOnSale && !Held.IsPermanent)
            Terms = await ReadTermsAsync(id, now, stop);
        Chosen = Terms.FirstOrDefault(choice => choice.Id == term) ?? Terms.LastOrDefault();
        return true;
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

    /// <summary>From short to permanent.</summary>
    private async Task<IReadOnlyList<TermChoice>> ReadTermsAsync(long id, DateTimeOffset now, CancellationToken stop)
    {
        var campaigns = (await window.LookAsync(stop)).Campaigns;
        var terms = await db.AccessTerms.Where(term => term.CourseId == id && !term.IsHidden).AsNoTracking().ToListAsync(stop);
        return [.. terms.OrderBy(term => term.Days ?? int.MaxValue).Select(term => new TermChoice(term.Id, term.Days, term.Price, CampaignPrice.Best(term.Price, id, campaigns, now)))];
    }
}
