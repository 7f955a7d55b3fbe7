using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Pages.Orders;
using CourseShop.Payments;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>One refund: what was asked for and why, what approving it brings, and how far its money got.</summary>
public sealed class RefundRequestModel(CurrentShopper shopper, ShopDb db, DecideRefund decide, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    private RefundCase _file = null!;

    public RefundCard Refund { get; private set; } = null!;
    public Order Order => _file.Order;
    public PaymentChannel Channel => _file.Channel;
    public RefundPreview Preview { get; private set; } = null!;
    public Refund? Money { get; private set; }
    public string Buyer { get; private set; } = "";
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Why { get; private set; }
    public bool MayMoveMoney => User.MayMoveMoney();

    public int Opened(long courseId) => _file.Progress.GetValueOrDefault(courseId)?.Opened ?? 0;

    public int Lessons(long courseId) => _file.Progress.GetValueOrDefault(courseId)?.Lessons ?? 0;

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, stop);

    public Task<IActionResult> OnPostApproveAsync(string number, CancellationToken stop) => DecideAsync(number, new(true, ""), stop);

    public Task<IActionResult> OnPostDeclineAsync(string number, string? why, CancellationToken stop)
    {
        Why = why;
        return DecideAsync(number, new(false, why ?? ""), stop);
    }

    private async Task<IActionResult> DecideAsync(string number, RefundDecision decision, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        var decided = await decide.RunAsync(shopper.Id, number, decision, stop);
        if (decided is null)
            return NotFound();
        if (decided.Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Say(refusal));
            return await ShowAsync(number, stop);
        }

        TempData["Flash"] = words.Came(decided.Value);
        return Redirect($"/admin/refunds/{number}");
    }

    private async Task<IActionResult> ShowAsync(string number, CancellationToken stop)
    {
        var refund = await db.OrderRefunds.AsNoTracking().Include(refund => refund.Lines).SingleOrDefaultAsync(refund => refund.Number == number, stop);
        if (refund is null)
            return NotFound();
        var orderNumber = await db.Orders.Where(order => order.Id == refund.OrderId).Select(order => order.Number).SingleAsync(stop);
        _file = (await RefundCase.ReadAsync(db, db.Orders.AsNoTracking(), orderNumber, stop))!;
        Refund = (await RefundCard.OfAsync(db.OrderRefunds.Where(found => found.Id == refund.Id), Order, stop)).Single();
        Preview = _file.Preview(refund.Lines.Select(line => line.OrderLineId).ToList(), clock.GetUtcNow());
        Money = await db.Refunds.AsNoTracking().SingleOrDefaultAsync(money => money.RefundNumber == number, stop);
        Buyer = await NameAsync(Order.UserId, stop) ?? "";
        DecidedBy = refund.DecidedBy is { } staff ? await NameAsync(staff, stop) : null;
        DecidedAt = refund.DecidedAt;
        return Page();
    }

    private Task<string?> NameAsync(long userId, CancellationToken stop) => db.Users.Where(user => user.Id == userId).Select(user => user.UserName).SingleOrDefaultAsync(stop);
}
