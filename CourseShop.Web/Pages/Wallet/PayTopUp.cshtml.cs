using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Shared;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Wallet;

/// <summary>The cashier of a top-up; once it is paid, its owner is back at the wallet.</summary>
public sealed class PayTopUpModel(CurrentShopper shopper, ShopDb db, ShopAddress address, OpenTopUp open, AskGateway ask, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    public CashierView Cashier { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, stop);

    /// <summary>去支付.</summary>
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken stop)
    {
        var opened = await open.RunAsync(shopper.Id, number, new(address.Public(Request), CashierView.Device(Request).IsPhone), stop);
        if (opened is null)
            return NotFound();
        if (opened.Refusal is null)
            return Redirect(opened.Value!);
        ModelState.AddModelError("", words.Say(opened.Refusal));
        return await ShowAsync(number, stop);
    }

    /// <summary>我已完成支付.</summary>
    public async Task<IActionResult> OnPostCheckAsync(string number, CancellationToken stop)
    {
        if (!await db.TopUps.OwnedBy(shopper.Id).AnyAsync(topUp => topUp.Number == number, stop))
            return NotFound();
        TempData["Flash"] = words.Found(await ask.RunAsync(PaymentPurpose.TopUp, number, stop));
        return Redirect($"/wallet/top-up/{number}");
    }

    private async Task<IActionResult> ShowAsync(string number, CancellationToken stop)
    {
        if (await db.AwaitedTopUpAsync(shopper.Id, number, stop) is not { } topUp)
            return NotFound();
        Cashier = new($"/wallet/top-up/{number}", words["充值到账户余额"], topUp, clock.GetUtcNow(), CashierView.Device(Request).IsInWeChat, "/wallet/top-up");
        if (Cashier.Standing != PaymentStanding.Paid)
            return Page();
        TempData["Flash"] = words["充值 {0} 已到账", topUp.Amount].Value;
        return Redirect("/wallet");
    }
}
