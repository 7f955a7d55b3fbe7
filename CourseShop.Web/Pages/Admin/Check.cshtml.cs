using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>账目核对: what the watchdog found, what is right again, and when it looked.</summary>
public sealed class CheckModel(ShopDb db, WatchMoney watch, IStringLocalizer<Words> words) : PageModel
{
    private const int MostOpen = 200;

    public MoneyCheck? Last { get; private set; }
    public MoneyCheck? LastWhole { get; private set; }
    public IReadOnlyList<MoneyAlarm> Open { get; private set; } = [];
    public IReadOnlyList<MoneyAlarm> Cleared { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public bool MayLook => User.IsInRole(Roles.Admin) || User.IsInRole(Roles.Finance);

    public async Task OnGetAsync(long? after, CancellationToken stop)
    {
        var looks = db.MoneyChecks.AsNoTracking().OrderByDescending(check => check.Id);
        Last = await looks.FirstOrDefaultAsync(stop);
        LastWhole = await looks.Where(check => check.IsWhole).FirstOrDefaultAsync(stop);
        Open = await db.MoneyAlarms.AsNoTracking().Open().OrderBy(alarm => alarm.Id).Take(MostOpen).ToListAsync(stop);
        var cleared = await db.MoneyAlarms.AsNoTracking().Cleared().Where(alarm => after == null || alarm.Id < after).OrderByDescending(alarm => alarm.Id).Take(StaffView.PageSize + 1).ToListAsync(stop);

        Cleared = cleared.Take(StaffView.PageSize).ToList();
        Older = cleared.Count > StaffView.PageSize ? StaffView.Address("/admin/check", null, null, Cleared[^1].Id) : null;
        Newest = after is null ? null : "/admin/check";
    }

    /// <summary>现在检查: every row.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (!MayLook)
            return Forbid();
        await watch.RunAsync(CheckDepth.Everything, stop);
        TempData["Flash"] = words["核对好了"].Value;
        return Redirect("/admin/check");
    }
}
