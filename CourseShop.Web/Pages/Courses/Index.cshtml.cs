using CourseShop.Catalog;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pricing;
using CourseShop.Promotions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Courses;

public sealed record CategoryChoice(long Id, string Slug, string Name, string Pitch);

[OutputCache(PolicyName = GuestPages.Policy)]
public sealed class IndexModel(ShopDb db, TimeProvider clock) : PageModel
{
    private const int PageSize = 24;

    public ListFilter Filter { get; private set; } = null!;
    public IReadOnlyList<CategoryChoice> Categories { get; private set; } = [];
    public CategoryChoice? Category { get; private set; }
    public Campaign? Campaign { get; private set; }
    public IReadOnlyList<CourseCard> Cards { get; private set; } = [];
    public int Found { get; private set; }
    public int LastPage => Math.Max(1, (Found + PageSize - 1) / PageSize);

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var categories = await db.Categories.Shown().Select(category => new CategoryChoice(category.Id, category.Slug, category.Name, category.Pitch)).ToListAsync(stop);
        var campaigns = await db.ReadCampaignsAsync(now, stop);
        GuestPages.TrueUntil(HttpContext, campaigns, now);
        var asked = ListFilter.Read(Request.Query);
        Categories = categories;
        Category = categories.Find(category => category.Slug == asked.Category);
        Campaign = campaigns.FirstOrDefault(campaign => campaign.Id == asked.Campaign && campaign.IsRunning(now));
        Filter = asked with { Category = Category?.Slug ?? "", Campaign = Campaign?.Id };

        var matches = Sorted(Matches(now));
        Cards = await (Filter.AsksForPrices ? ReadByPriceAsync(matches, campaigns, now, stop) : ReadAsync(matches, campaigns, now, stop));
    }

    private async Task<IReadOnlyList<CourseCard>> ReadAsync(IQueryable<Course> matches, IReadOnlyList<Campaign> campaigns, DateTimeOffset now, CancellationToken stop)
    {
        Count(await matches.CountAsync(stop));
        return await db.ReadShelfAsync(matches.Skip((Filter.Page - 1) * PageSize).Take(PageSize), campaigns, now, stop);
    }

    /// <summary>Today's price is no column: the prices of all matches are read, judged and put in order here, then the cards of one page.</summary>
    private async Task<IReadOnlyList<CourseCard>> ReadByPriceAsync(IQueryable<Course> matches, IReadOnlyList<Campaign> campaigns, DateTimeOffset now, CancellationToken stop)
    {
        var listed = await matches.Select(course => new { course.Id, course.ListPrice }).ToListAsync(stop);
        var priced = listed.Select(course => (course.Id, Today: CampaignPrice.Best(course.ListPrice, course.Id, campaigns, now))).Where(course => Wanted(course.Today));
        var ordered = (Filter.Order switch
        {
            CourseOrder.Cheapest => priced.OrderBy(course => course.Today.Price),
            CourseOrder.Dearest => priced.OrderByDescending(course => course.Today.Price),
            _ => priced,
        }).Select(course => course.Id).ToList();

        Count(ordered.Count);
        var ids = ordered.Skip((Filter.Page - 1) * PageSize).Take(PageSize).ToList();
        var cards = (await db.ReadShelfAsync(db.Courses.Where(course => ids.Contains(course.Id)), campaigns, now, stop)).ToDictionary(card => card.Id);
        return ids.ConvertAll(id => cards[id]);
    }

    private void Count(int found)
    {
        Found = found;
        Filter = Filter with { Page = Math.Min(Filter.Page, LastPage) };
    }

    private IQueryable<Course> Matches(DateTimeOffset now)
    {
        var matches = db.Courses.OnSale(now);
        if (Category is { } category)
            matches = matches.Where(course => course.CategoryId == category.Id);
        if (Filter.Level is { } level)
            matches = matches.Where(course => course.Level == level);
        if (Campaign?.Courses.Select(course => course.CourseId).ToList() is { } ids)
            matches = matches.Where(course => ids.Contains(course.Id));
        return Filter.Text.Length > 0 ? matches.Matching(db.Teachers, Filter.Text) : matches;
    }

    private IQueryable<Course> Sorted(IQueryable<Course> matches) => Filter.Order switch
    {
        CourseOrder.Newest => matches.OrderByDescending(course => course.PublishedAt).ThenByDescending(course => course.Id),
        CourseOrder.Popular => matches.OrderByDescending(course => course.Learners).ThenBy(course => course.Id),
        _ => matches.OrderBy(course => course.Position).ThenBy(course => course.Id),
    };

    private bool Wanted(CampaignPrice today) => Filter.Price switch
    {
        PriceFilter.Free => today.Price.IsZero,
        PriceFilter.Paid => !today.Price.IsZero,
        PriceFilter.Promoted => today.Campaign is not null,
        _ => true,
    };
}
