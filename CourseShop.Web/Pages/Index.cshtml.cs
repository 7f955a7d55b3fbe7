using CourseShop.Catalog;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Promotions;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages;

public sealed record CategoryTile(string Slug, string Name, int Courses);

[OutputCache(PolicyName = GuestPages.Policy)]
public sealed class IndexModel(ShopDb db, TimeProvider clock) : PageModel
{
    private const int ShelfSize = 8;
    private const int ArticlesShown = 4;

    public IReadOnlyList<CategoryTile> Categories { get; private set; } = [];
    public IReadOnlyList<Campaign> Campaigns { get; private set; } = [];
    public IReadOnlyList<CourseCard> Popular { get; private set; } = [];
    public IReadOnlyList<CourseCard> Newest { get; private set; } = [];
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];
    public int CourseCount { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var onSale = db.Courses.OnSale(now);
        Categories = await db.Categories.Shown()
            .Select(category => new CategoryTile(category.Slug, category.Name, onSale.Count(course => course.CategoryId == category.Id))).ToListAsync(stop);
        CourseCount = Categories.Sum(category => category.Courses);
        var campaigns = await db.ReadCampaignsAsync(now, stop);
        GuestPages.TrueUntil(HttpContext, campaigns, now);
        Campaigns = [.. campaigns.Where(campaign => campaign.IsRunning(now) && campaign.Courses.Count > 0).OrderBy(campaign => campaign.EndsAt).Take(6)];
        Popular = await db.ReadShelfAsync(onSale.OrderByDescending(course => course.Learners).ThenBy(course => course.Id).Take(ShelfSize), campaigns, now, stop);
        Newest = await db.ReadShelfAsync(onSale.OrderByDescending(course => course.PublishedAt).ThenByDescending(course => course.Id).Take(ShelfSize), campaigns, now, stop);
        Articles = await db.ReadCardsAsync(db.Articles.Published().Newest().Take(ArticlesShown), stop);
    }
}
