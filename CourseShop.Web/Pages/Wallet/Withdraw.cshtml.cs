using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.Wallet;

/// <summary>提现: where to, how much, and what became of those before.</summary>
public sealed class WithdrawModel(
    ShopDb db, CurrentShopper shopper, RequestWithdrawal request, SetPayoutAccount setAccount, IOptions<WalletOptions> options, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private const int MostShown = 20;

    public WalletOptions Rules => options.Value;
    public Withdrawable Can { get; private set; } = null!;
    public string Account { get; private set; } = "";
    public string RealName { get; private set; } = "";
    public string? Amount { get; private set; }
    public string Key { get; private set; } = AmountForm.NewKey();
    public IReadOnlyList<Withdrawal> Withdrawals { get; private set; } = [];
    public bool HasAccount { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => LoadAsync(null, null, stop);

    public async Task<IActionResult> OnPostAsync(string? amount, string? key, CancellationToken stop)
    {
        ModelState.Clear();
        Amount = amount;
        if (new AmountForm(null, amount, key).HasKey)
        {
            Key = key!;
            var asked = await request.RunAsync(shopper.Id, amount, key!, stop);
            if (asked.Refusal is not { } why)
            {
                TempData["Flash"] = words["提现申请已提交，钱已从余额转出，等待审核"].Value;
                return Redirect("/wallet/withdraw");
            }

            ModelState.AddModelError("", words.Say(why));
        }

        await LoadAsync(null, null, stop);
        return Page();
    }

    /// <summary>收款账户.</summary>
    public async Task<IActionResult> OnPostAccountAsync(string? account, string? name, string? password, CancellationToken stop)
    {
        ModelState.Clear();
        var done = await setAccount.RunAsync(shopper.Id, account, name, password, stop);
        if (done.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            await LoadAsync(account, name, stop);
            return Page();
        }

        TempData["Flash"] = words["收款账户已保存"].Value;
        return Redirect("/wallet/withdraw");
    }

    private async Task LoadAsync(string? account, string? name, CancellationToken stop)
    {
        var mine = await db.Users.Where(user => user.Id == shopper.Id).Select(user => new { user.AlipayAccount, user.AlipayName }).SingleAsync(stop);
        (HasAccount, Account, RealName) = (mine.AlipayAccount.Length > 0, account ?? mine.AlipayAccount, name ?? mine.AlipayName);
        Can = await Withdrawable.ReadAsync(db, shopper.Id, options.Value, clock.GetUtcNow(), stop);
        Withdrawals = await db.Withdrawals.AsNoTracking().OwnedBy(shopper.Id).OrderByDescending(withdrawal => withdrawal.Id).Take(MostShown).ToListAsync(stop);
    }
}
