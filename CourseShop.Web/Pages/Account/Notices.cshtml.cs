using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Messaging;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Account;

/// <summary>消息: what happened that concerns one, the latest first.</summary>
public sealed class NoticesModel(ShopDb db, CurrentShopper shopper, SeeNotices see) : PageModel
{
    private const int PageSize = 30;

    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public bool IsFirstPage { get; private set; }
    public long? Next { get; private set; }
    public bool HasNew => Notices.Any(notice => notice.SeenAt is null);

    public async Task OnGetAsync(long? after, CancellationToken stop)
    {
        IsFirstPage = after is null;
        var page = await db.Notices.AsNoTracking().To(shopper.Id).Where(notice => after == null || notice.Id < after).OrderByDescending(notice => notice.Id).Take(PageSize + 1).ToListAsync(stop);
        Notices = page.Take(PageSize).ToList();
        Next = page.Count > PageSize ? Notices[^1].Id : null;
    }

    public async Task<IActionResult> OnPostAsync(long upTo, CancellationToken stop)
    {
        await see.RunAsync(shopper.Id, upTo, stop);
        return Redirect("/account/notices");
    }
}
