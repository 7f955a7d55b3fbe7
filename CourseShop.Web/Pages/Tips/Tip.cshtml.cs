using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Pages.Shared;
using CourseShop.Payments;
using CourseShop.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Tips;

/// <summary>The cashier of a tip; once it is paid, who gave it is back at the article, and thanked.</summary>
public sealed class TipModel(CurrentShopper shopper, ShopDb db, ShopAddress address, OpenTip open, AskGateway ask, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
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
        if (!await db.Tips.LeftBy(shopper.Id).AnyAsync(tip => tip.Number == number, stop))
            return NotFound();
        TempData["Flash"] = words.Found(await ask.RunAsync(PaymentPurpose.Tip, number, stop));
        return Redirect($"/tips/{number}");
    }

    private async Task<IActionResult> ShowAsync(string number, CancellationToken stop)
    {
        if (await db.AwaitedTipAsync(shopper.Id, number, stop) is not { } awaited)
            return NotFound();
        var article = await db.Tips.Where(tip => tip.Number == number).Select(tip => tip.ArticleId).SingleAsync(stop);
        Cashier = new($"/tips/{number}", words["赞赏支持"], awaited, clock.GetUtcNow(), CashierView.Device(Request).IsInWeChat, $"/articles/{article}/tip");
        if (Cashier.Standing != PaymentStanding.Paid)
            return Page();
        TempData["Flash"] = words["赞赏 {0} 已送到，谢谢您的支持", awaited.Amount].Value;
        return Redirect($"/articles/{article}#supporters");
    }
}
