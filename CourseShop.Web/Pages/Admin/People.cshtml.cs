using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record StaffPerson(long Id, string UserName, string Nickname, string? Email, DateTimeOffset Since, IReadOnlyList<string> Roles);

/// <summary>Everybody with an account, newest first; administrators say who has which role. Their addresses are personal: nobody else looks.</summary>
public sealed class PeopleModel(ShopDb db, CurrentShopper shopper, ChangeRoles change, IStringLocalizer<Words> words) : PageModel
{
    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<StaffPerson> People { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        if (!User.IsInRole(Roles.Admin))
            return Forbid();
        await ShowAsync(state, q, after, stop);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long person, string[]? roles, CancellationToken stop)
    {
        if (!User.IsInRole(Roles.Admin))
            return Forbid();
        if (await change.RunAsync(shopper.Id, person, new HashSet<string>(roles ?? [], StringComparer.Ordinal), stop) is not { } changed)
            return NotFound();
        var name = await db.Users.Where(user => user.Id == person).Select(user => user.UserName).SingleAsync(stop);
        if (changed.Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Say(refusal));
            await ShowAsync(null, name, null, stop);
            return Page();
        }

        TempData["Flash"] = changed.Value ? words["角色已保存"].Value : words["角色没有变化"].Value;
        return Redirect(StaffView.Address("/admin/people", null, name, null));
    }

    private async Task ShowAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        (State, Search) = (Roles.All.FirstOrDefault(role => role == state) ?? "", StaffView.Clean(q));
        var found = db.Users.Where(user => after == null || user.Id < after);
        if (State.Length > 0)
            found = found.Where(user => db.HoldersOf(State).Any(held => held.UserId == user.Id));
        if (Search is { } text)
            found = found.Where(user => user.UserName!.Contains(text) || user.Nickname.Contains(text) || user.Email!.Contains(text));
        var rows = await found.OrderByDescending(user => user.Id).Take(StaffView.PageSize + 1)
            .Select(user => new { user.Id, user.UserName, user.Nickname, user.Email, user.CreatedAt }).ToListAsync(stop);
        var ids = rows.Select(row => row.Id).ToList();
        var held = (await (from row in db.UserRoles where ids.Contains(row.UserId) join role in db.Roles on row.RoleId equals role.Id select new { row.UserId, role.Name }).ToListAsync(stop)).ToLookup(role => role.UserId, role => role.Name!);
        People = [.. rows.Take(StaffView.PageSize).Select(row => new StaffPerson(row.Id, row.UserName!, row.Nickname, row.Email, row.CreatedAt, [.. Roles.All.Where(held[row.Id].Contains)]))];
        Older = rows.Count > StaffView.PageSize ? StaffView.Address("/admin/people", State, Search, rows[StaffView.PageSize - 1].Id) : null;
        Newest = after is null ? null : StaffView.Address("/admin/people", State, Search, null);
    }
}
