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

/// <summary>A term on offer, with its price now.</summary>
public sealed record TermChoice(long Id, int? Days, Money ListPrice, CampaignPrice Price);

public sealed class CourseModel(ShopDb db, ShopWindow window, CourseSheets sheets, CurrentShopper shopper, AddToCart addToCart, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
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

        if (await sheets.ReadAsync(id, IsOwned, now, stop) is not { } sheet)
            return false;

        (Course, Chapters, Articles) = (sheet.Course, sheet.Chapters, sheet.Articles);
        if (Course.IsOnSale && !Held.IsPermanent)
            Terms = await PriceAsync(sheet.Terms, now, stop);
        Chosen = Terms.FirstOrDefault(choice => choice.Id == term) ?? Terms.LastOrDefault();
        return true;
    }

    private async Task<IReadOnlyList<TermChoice>> PriceAsync(IReadOnlyList<TermFacts> terms, DateTimeOffset now, CancellationToken stop)
    {
        var campaigns = (await window.LookAsync(stop)).Campaigns;
        return [.. terms.Select(term => new TermChoice(term.Id, term.Days, term.ListPrice, CampaignPrice.Best(term.ListPrice, Course.Id, campaigns, now)))];
    }
}
