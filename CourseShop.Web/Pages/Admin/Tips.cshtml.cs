using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record TipRow(Tip Tip, string Title, string Author, string Giver);

/// <summary>Every tip that was paid, newest first; finance gives one back while its author's balance covers it.</summary>
public sealed class TipsModel(ShopDb db, CurrentShopper shopper, TakeBackTip takeBack, IStringLocalizer<Words> words) : PageModel
{
    public string? Search { get; private set; }
    public IReadOnlyList<TipRow> Tips { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }
    public bool MayMoveMoney => User.MayMoveMoney();

    public async Task OnGetAsync(string? q, long? after, CancellationToken stop)
    {
        Search = StaffView.Clean(q);
        var found = db.Tips.AsNoTracking().Where(tip => tip.PaidAt != null && (after == null || tip.Id < after));
        if (Search is { } text)
            found = found.Where(tip => tip.Number == text || db.Users.Any(user => (user.Id == tip.AuthorId || user.Id == tip.UserId) && user.UserName == text));
        var rows = await found.OrderByDescending(tip => tip.Id).Take(StaffView.PageSize + 1).Select(tip => new TipRow(
            tip, db.Articles.Where(article => article.Id == tip.ArticleId).Select(article => article.Title).First(),
            db.Users.Where(user => user.Id == tip.AuthorId).Select(user => user.UserName!).First(), db.Users.Where(user => user.Id == tip.UserId).Select(user => user.UserName!).First())).ToListAsync(stop);
        Tips = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? StaffView.Address("/admin/tips", null, Search, rows[StaffView.PageSize - 1].Tip.Id) : null;
        Newest = after is null ? null : StaffView.Address("/admin/tips", null, Search, null);
    }

    public async Task<IActionResult> OnPostTakeBackAsync(string? number, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        var taken = await takeBack.RunAsync(shopper.Id, number ?? "", stop);
        if (taken is null)
            return NotFound();
        TempData["Flash"] = taken.Refusal is { } why ? words.Say(why) : taken.Value ? words["赞赏已退回"].Value : words["赞赏正在退回，支付宝还没有答复"].Value;
        return Redirect("/admin/tips");
    }
}
