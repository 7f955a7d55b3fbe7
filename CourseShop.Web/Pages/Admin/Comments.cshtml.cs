using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record StaffComment(long Id, long ArticleId, string Title, string Name, string Text, DateTimeOffset At, bool IsDeleted, bool IsHidden);

/// <summary>Every comment, newest first, also those that readers don't see; editors hide and show them.</summary>
public sealed class CommentsModel(ShopDb db, CurrentShopper shopper, ModerateComment moderate, IStringLocalizer<Words> words) : PageModel
{
    private const string Hidden = "hidden";

    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public long? Article { get; private set; }
    public IReadOnlyList<StaffComment> Comments { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task OnGetAsync(string? state, string? q, long? article, long? after, CancellationToken stop)
    {
        (State, Search, Article) = (state == Hidden ? Hidden : "", StaffView.Clean(q), article);
        var found = db.Comments.Where(comment => (after == null || comment.Id < after) && (article == null || comment.ArticleId == article));
        if (State.Length > 0)
            found = found.Where(comment => comment.HiddenAt != null);
        if (Search is { } text)
            found = found.Where(comment => comment.Text.Contains(text));
        var rows = await (
            from comment in found
            join about in db.Articles on comment.ArticleId equals about.Id
            join user in db.Users on comment.UserId equals user.Id
            orderby comment.Id descending
            select new StaffComment(comment.Id, about.Id, about.Title, user.Nickname == "" ? user.UserName! : user.Nickname, comment.Text, comment.At, comment.DeletedAt != null, comment.HiddenAt != null))
            .Take(StaffView.PageSize + 1).ToListAsync(stop);
        Comments = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? Address(rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : Address(null);
    }

    public async Task<IActionResult> OnPostAsync(long comment, bool hides, CancellationToken stop)
    {
        if (!User.MayModerate())
            return Forbid();
        if (!await moderate.RunAsync(new(shopper.Id, IsStaff: true), comment, hides ? CommentFate.Hide : CommentFate.Show, stop))
            return NotFound();
        TempData["Flash"] = hides ? words["评论已隐藏"].Value : words["评论已恢复"].Value;
        return Redirect("/admin/comments");
    }

    private string Address(long? after)
    {
        var address = StaffView.Address("/admin/comments", State, Search, after);
        return Article is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}article={Article}";
    }
}
