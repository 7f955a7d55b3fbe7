using CourseShop.AlipaySimulator;
using CourseShop.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.AlipaySimulator;

/// <summary>The cashier.</summary>
[AllowAnonymous, SimulatorOnly]
public sealed class PayModel(OpenCashier openCashier, PayTrade payTrade, IOptions<ShopOptions> shop, TimeProvider clock) : PageModel
{
    public Trade Trade { get; private set; } = null!;

    /// <summary>Why the trade can't be paid; null when it can.</summary>
    public Refusal? Refusal { get; private set; }

    public string Merchant => shop.Value.Name;

    public TimeSpan TimeLeft => Trade.ExpiresAt - clock.GetUtcNow();

    public IActionResult OnGet(string tradeNo)
    {
        if (openCashier.Run(tradeNo) is not { } trade)
            return NotFound();

        Trade = trade;
        Refusal = trade.WhyNotPayable(clock.GetUtcNow(), late: false);
        return Page();
    }

    public IActionResult OnPostPay(string tradeNo, string? buyer)
    {
        // what can't be paid is shown as such, with the reason
        var payment = payTrade.Run(tradeNo, buyer);
        return payment.Value?.ReturnTo is { } shopAddress ? Redirect(shopAddress) : RedirectToPage(new { tradeNo });
    }

    public IActionResult OnPostCancel(string tradeNo)
    {
        if (openCashier.Run(tradeNo) is not { } trade)
            return NotFound();
        return Redirect(trade.QuitUrl is { Length: > 0 } quitUrl ? quitUrl : Url.Content("~/"));
    }
}
