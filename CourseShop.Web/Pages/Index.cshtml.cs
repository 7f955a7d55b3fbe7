using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Courses;
using CourseShop.Promotions;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace CourseShop.Pages;

public sealed record CategoryTile(string Slug, string Name, int Courses);

[OutputCache(PolicyName = GuestPages.Policy)]
public sealed class IndexModel(ShopDb db, ShopWindow window, ShelfRenderer shelves, TimeProvider clock) : PageModel
{
    private const int ShelfSize = 8;
    private const int ArticlesShown = 4;

    public IReadOnlyList<CategoryTile> Categories { get; private set; } = [];
    public IReadOnlyList<Campaign> Campaigns { get; private set; } = [];
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];
    public int CourseCount { get; private set; }

    public IHtmlContent PopularShelf { get; private set; } = HtmlString.Empty;
    public IHtmlContent NewestShelf { get; private set; } = HtmlString.Empty;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var view = await window.LookAsync(stop);
        GuestPages.TrueUntil(HttpContext, view.Until, now);
        Categories = [.. view.Categories.Select(category => new CategoryTile(category.Slug, category.Name, view.CountIn(category.Id)))];
        CourseCount = Categories.Sum(category => category.Courses);
        Campaigns = [.. view.Campaigns.Where(campaign => campaign.IsRunning(now) && campaign.Courses.Count > 0).OrderBy(campaign => campaign.EndsAt).Take(6)];
        PopularShelf = await shelves.ShowAsync(view, view.First(CourseOrder.Popular, ShelfSize), "popular");
        NewestShelf = await shelves.ShowAsync(view, view.First(CourseOrder.Newest, ShelfSize), "newest");
        Articles = await db.ReadCardsAsync(db.Articles.Published().Newest().Take(ArticlesShown), stop);
    }
}
