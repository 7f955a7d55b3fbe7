using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Articles;

public sealed record LikerRow(long Id, string Name, string Motto, DateTimeOffset At);

/// <summary>Who likes an article, the latest first.</summary>
public sealed class LikesModel(ShopDb db) : PageModel
{
    private const int PageSize = 50;

    public long Id { get; private set; }
    public string Title { get; private set; } = "";
    public int Likes { get; private set; }
    public IReadOnlyList<LikerRow> Likers { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, long? after, CancellationToken stop)
    {
        var article = await db.Articles.Published().Where(article => article.Id == id).Select(article => new { article.Title, article.Likes }).SingleOrDefaultAsync(stop);
        if (article is null)
            return NotFound();

        (Id, Title, Likes) = (id, article.Title, article.Likes);
        var rows = await (
            from like in db.ArticleLikes
            where like.ArticleId == id && (after == null || like.Id < after)
            join user in db.Users on like.UserId equals user.Id
            orderby like.Id descending
            select new LikerRow(like.Id, user.Nickname == "" ? user.UserName! : user.Nickname, user.Motto, like.At)).Take(PageSize + 1).ToListAsync(stop);
        Likers = rows.Take(PageSize).ToList();
        Older = rows.Count > PageSize ? $"/articles/{id}/likes?after={rows[PageSize - 1].Id}" : null;
        Newest = after is null ? null : $"/articles/{id}/likes";
        return Page();
    }
}
