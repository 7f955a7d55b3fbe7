using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

public sealed record WithdrawalRow(Withdrawal Withdrawal, string User, string? DecidedBy);

/// <summary>Every withdrawal, newest first: finance approves or declines, pays by hand where Alipay allows no transfer, and settles what is unclear.</summary>
public sealed class WithdrawalsModel(ShopDb db, CurrentShopper shopper, DecideWithdrawal decide, SettleWithdrawal settle, IStringLocalizer<Words> words) : PageModel
{
    public string State { get; private set; } = "";
    public string? Search { get; private set; }
    public IReadOnlyList<WithdrawalRow> Withdrawals { get; private set; } = [];
    public string? Older { get; private set; }
    public string? Newest { get; private set; }
    public bool MayMoveMoney => User.MayMoveMoney();

    public async Task OnGetAsync(string? state, string? q, long? after, CancellationToken stop)
    {
        var status = StaffView.Find<WithdrawalStatus>(state);
        State = status?.Code() ?? (state == StaffView.NeedsAPerson ? state : "");
        Search = StaffView.Clean(q);
        var found = db.Withdrawals.AsNoTracking().Where(withdrawal => after == null || withdrawal.Id < after);
        if (status is not null)
            found = found.Where(withdrawal => withdrawal.Status == status);
        else if (State.Length > 0)
            found = found.NeedingAPerson();
        if (Search is { } text)
            found = found.Where(withdrawal => withdrawal.Number == text || withdrawal.ReceiptNumber == text || db.Users.Any(user => user.Id == withdrawal.UserId && user.UserName == text));
        var rows = await found.OrderByDescending(withdrawal => withdrawal.Id).Take(StaffView.PageSize + 1).Select(withdrawal => new WithdrawalRow(withdrawal,
            db.Users.Where(user => user.Id == withdrawal.UserId).Select(user => user.UserName!).First(), db.Users.Where(user => user.Id == withdrawal.DecidedBy).Select(user => user.UserName).FirstOrDefault())).ToListAsync(stop);
        Withdrawals = rows.Take(StaffView.PageSize).ToList();
        Older = rows.Count > StaffView.PageSize ? StaffView.Address("/admin/withdrawals", State, Search, rows[StaffView.PageSize - 1].Withdrawal.Id) : null;
        Newest = after is null ? null : StaffView.Address("/admin/withdrawals", State, Search, null);
    }

    public Task<IActionResult> OnPostApproveAsync(string? number, CancellationToken stop) => TellAsync(() => decide.RunAsync(shopper.Id, number ?? "", null, stop));

    public Task<IActionResult> OnPostDeclineAsync(string? number, string? text, CancellationToken stop) => TellAsync(() => decide.RunAsync(shopper.Id, number ?? "", text ?? "", stop));

    public Task<IActionResult> OnPostPaidAsync(string? number, string? text, CancellationToken stop) => TellAsync(() => settle.RunAsync(shopper.Id, number ?? "", new(true, text), stop));

    public Task<IActionResult> OnPostPutBackAsync(string? number, string? text, CancellationToken stop) => TellAsync(() => settle.RunAsync(shopper.Id, number ?? "", new(false, text), stop));

    private async Task<IActionResult> TellAsync(Func<Task<Outcome<WithdrawalStatus>?>> work)
    {
        if (!MayMoveMoney)
            return Forbid();
        var done = await work();
        if (done is null)
            return NotFound();
        TempData["Flash"] = done.Refusal is { } why ? words.Say(why) : words.State(done.Value);
        return Redirect("/admin/withdrawals");
    }
}
