using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record StaffArticle(long Id, string Title, string Author, ArticleStatus Status, string? Reason, DateTimeOffset PublishedAt, int Words, int Reads, int Likes, int Comments);

/// <summary>What was ever published, newest first; editors withdraw it with a reason, or restore it.</summary>
public sealed class ArticlesModel(ShopDb db, ModerateArticle moderate, IStringLocalizer<Words> words) : PageModel
{
    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<StaffArticle> Articles { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        var status = StaffView.Find<ArticleStatus>(state) is { } known and not ArticleStatus.Draft ? known : (ArticleStatus?)null;
        (State, Search) = (status?.Code() ?? "", StaffView.Clean(q));
        var found = db.Articles.Where(article => article.PublishedAt != null && (after == null || article.Id < after) && (status == null || article.Status == status));
        if (Search is { } text)
            found = found.Matching(db.Users, text);
        var rows = await found.OrderByDescending(article => article.Id).Take(StaffView.PageSize + 1).Select(article => new StaffArticle(
            article.Id, article.Title, db.Users.Where(user => user.Id == article.AuthorId).Select(user => user.Nickname == "" ? user.UserName! : user.Nickname).First(),
            article.Status, article.WithdrawReason, article.PublishedAt!.Value, article.WordCount, article.Reads, article.Likes, article.Comments)).ToListAsync(stop);
        Articles = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? StaffView.Address("/admin/articles", State, Search, rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : StaffView.Address("/admin/articles", State, Search, null);
    }

    public Task<IActionResult> OnPostWithdrawAsync(long article, string? reason, CancellationToken stop) => ModerateAsync(article, reason ?? "", words["文章已撤下，作者会看到原因"], stop);

    public Task<IActionResult> OnPostRestoreAsync(long article, CancellationToken stop) => ModerateAsync(article, null, words["文章已恢复"], stop);

    private async Task<IActionResult> ModerateAsync(long article, string? reason, string word, CancellationToken stop)
    {
        if (!User.MayModerate())
            return Forbid();
        var done = await moderate.RunAsync(article, reason, stop);
        if (done is null)
            return NotFound();
        if (done.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            await OnGetAsync(null, null, null, stop);
            return Page();
        }

        TempData["Flash"] = word;
        return Redirect("/admin/articles");
    }
}
