using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Pages.Orders;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages.Admin;

/// <summary>Staff take lines of an order back, without the shopper's window: what it brings is shown before anybody presses.</summary>
public sealed class RefundModel(CurrentShopper shopper, ShopDb db, RefundOrder refundOrder, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    public string Number { get; private set; } = "";
    public RefundChoice Choice { get; private set; } = null!;
    public bool MayMoveMoney => User.MayMoveMoney();

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, null, stop);

    /// <summary>Other lines were chosen: what would that bring?</summary>
    public Task<IActionResult> OnPostAsync(string number, RefundInput input, CancellationToken stop)
    {
        ModelState.Clear();
        return ShowAsync(number, input, stop);
    }

    public async Task<IActionResult> OnPostSubmitAsync(string number, RefundInput input, CancellationToken stop)
    {
        if (!MayMoveMoney)
            return Forbid();
        var done = await refundOrder.RunAsync(shopper.Id, number, input.Wish, stop);
        if (done is null)
            return NotFound();
        if (done.Refusal is { } why)
        {
            ModelState.Clear();
            ModelState.AddModelError("", words.Say(why));
            return await ShowAsync(number, input, stop);
        }

        TempData["Flash"] = words.Came(done.Value);
        return Redirect($"/admin/orders/{number}");
    }

    private async Task<IActionResult> ShowAsync(string number, RefundInput? input, CancellationToken stop)
    {
        if (await RefundCase.ReadAsync(db, db.Orders, number, stop) is not { } file)
            return NotFound();
        Number = number;
        Choice = RefundChoice.Of(file, file.ObstacleFor, input, $"/admin/orders/{number}/refund", words["退款"], clock.GetUtcNow());
        return Page();
    }
}
