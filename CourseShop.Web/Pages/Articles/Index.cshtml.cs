using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Articles;

[OutputCache(PolicyName = GuestPages.Policy)]
public sealed class IndexModel(ShopDb db) : PageModel
{
    private const int PageSize = 20;
    private const int AuthorsShown = 5;

    public ArticleFilter Filter { get; private set; } = null!;
    public IReadOnlyList<ArticleCard> Articles { get; private set; } = [];
    public IReadOnlyList<AuthorCard> Authors { get; private set; } = [];
    public int Found { get; private set; }
    public int LastPage => Math.Max(1, (Found + PageSize - 1) / PageSize);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Filter = ArticleFilter.Read(Request.Query);
        var matches = Filter.Text.Length > 0 ? db.Articles.Published().Matching(db.Users, Filter.Text) : db.Articles.Published();
        Found = await matches.CountAsync(stop);
        Filter = Filter with { Page = Math.Min(Filter.Page, LastPage) };
        var ordered = Filter.IsPopular ? matches.Popular() : matches.Newest();
        Articles = await db.ReadCardsAsync(ordered.Skip((Filter.Page - 1) * PageSize).Take(PageSize), stop);
        Authors = await db.ReadAuthorsAsync(AuthorsShown, stop);
    }
}
