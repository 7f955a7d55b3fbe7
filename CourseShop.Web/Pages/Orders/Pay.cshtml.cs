using System.Globalization;
using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Orders;

public sealed class PayModel(
    CurrentShopper shopper, ShopDb db, ShopAddress address, OpenPayment open, AskGateway ask, CancelOrder cancel, PayOrderFromBalance payFromBalance, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    public Order Order { get; private set; } = null!;
    public Money Balance { get; private set; }
    public bool BalanceCovers => Balance >= Order.Total;
    public bool IsOverdue => Order.IsOverdue(clock.GetUtcNow());
    public long SecondsLeft => (long)Math.Ceiling(Order.TimeLeft(clock.GetUtcNow()).TotalSeconds);

    /// <summary>Money that came and doesn't fit; until staff have decided, nobody is asked for more.</summary>
    public Payment? Held { get; private set; }
    public bool CanPay => Held is null && Payment.LeavesTime(Order.PayBy, clock.GetUtcNow());

    /// <summary>WeChat's own browser refuses to open Alipay.</summary>
    public bool IsInWeChat => Request.Headers.UserAgent.ToString().Contains("MicroMessenger", StringComparison.OrdinalIgnoreCase);

    public string TimeLeft => Order.TimeLeft(clock.GetUtcNow()) is { TotalHours: >= 1 } long_
        ? long_.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
        : Order.TimeLeft(clock.GetUtcNow()).ToString(@"mm\:ss", CultureInfo.InvariantCulture);

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, stop);

    /// <summary>去支付.</summary>
    public async Task<IActionResult> OnPostAsync(string number, CancellationToken stop)
    {
        var opened = await open.RunAsync(shopper.Id, number, new(address.Public(Request), IsPhone(Request.Headers.UserAgent)), stop);
        if (opened is null)
            return NotFound();
        if (opened.Refusal is { } why)
        {
            ModelState.AddModelError("", words.Say(why));
            return await ShowAsync(number, stop);
        }

        return Redirect(opened.Value!);
    }

    /// <summary>我已完成支付.</summary>
    public async Task<IActionResult> OnPostCheckAsync(string number, CancellationToken stop)
    {
        if (!await db.Orders.OwnedBy(shopper.Id).AnyAsync(order => order.Number == number, stop))
            return NotFound();
        TempData["Flash"] = words.Found(await ask.RunAsync(PaymentPurpose.Order, number, stop));
        return Redirect($"/orders/{number}/pay");
    }

    /// <summary>用账户余额支付.</summary>
    public async Task<IActionResult> OnPostBalanceAsync(string number, CancellationToken stop)
    {
        var paid = await payFromBalance.RunAsync(shopper.Id, number, stop);
        if (paid is null)
            return NotFound();
        if (paid.Refusal is null)
            return Redirect($"/orders/{number}/result");
        ModelState.AddModelError("", words.Say(paid.Refusal));
        return await ShowAsync(number, stop);
    }

    public async Task<IActionResult> OnPostCancelAsync(string number, CancellationToken stop)
    {
        var cancelled = await cancel.RunAsync(shopper.Id, number, stop);
        if (cancelled is null)
            return NotFound();
        if (cancelled.Refusal is { } why)
            TempData["Flash"] = words.Say(why);
        return Redirect($"/orders/{number}/pay");
    }

    private async Task<IActionResult> ShowAsync(string number, CancellationToken stop)
    {
        var order = await db.Orders.OwnedBy(shopper.Id).AsNoTracking().SingleOrDefaultAsync(order => order.Number == number, stop);
        if (order is null)
            return NotFound();
        Order = order;
        Balance = await db.WalletEntries.OwnedBy(shopper.Id).SumAsync(stop);
        Held = await db.Payments.AsNoTracking().OfOrder(number).FirstOrDefaultAsync(payment => payment.Status == PaymentStatus.Held, stop);
        return order.Status == OrderStatus.AwaitingPayment ? Page() : Redirect($"/orders/{number}/result");
    }

    private static bool IsPhone(string? userAgent) => userAgent is not null
        && (userAgent.Contains("Mobile", StringComparison.OrdinalIgnoreCase) || userAgent.Contains("Android", StringComparison.OrdinalIgnoreCase));
}
