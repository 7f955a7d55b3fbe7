using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Components;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CourseShop.Pages.Orders;

/// <summary>申请退款: what can be asked for, what it brings, and what became of earlier requests.</summary>
public sealed class RefundModel(
    CurrentShopper shopper, ShopDb db, RequestRefund request, WithdrawRefund withdraw, IOptions<OrderingOptions> options, TimeProvider clock, IStringLocalizer<Words> words) : PageModel
{
    public string Number { get; private set; } = "";
    public OrderingOptions Rules => options.Value;
    public IReadOnlyList<RefundCard> Refunds { get; private set; } = [];
    public RefundChoice Choice { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync(string number, CancellationToken stop) => ShowAsync(number, null, stop);

    /// <summary>Other lines were chosen: what would that bring?</summary>
    public Task<IActionResult> OnPostAsync(string number, RefundInput input, CancellationToken stop)
    {
        ModelState.Clear();
        return ShowAsync(number, input, stop);
    }

    public async Task<IActionResult> OnPostSubmitAsync(string number, RefundInput input, CancellationToken stop)
    {
        var asked = await request.RunAsync(shopper.Id, number, input.Wish, stop);
        if (asked is null)
            return NotFound();
        if (asked.Refusal is { } why)
        {
            ModelState.Clear();
            ModelState.AddModelError("", words.Say(why));
            return await ShowAsync(number, input, stop);
        }

        TempData["Flash"] = words["申请已提交，客服审核后会原路退回"].Value;
        return Redirect($"/orders/{number}/refund");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string number, string? refund, CancellationToken stop)
    {
        var withdrawn = await withdraw.RunAsync(shopper.Id, number, refund ?? "", stop);
        if (withdrawn is null)
            return NotFound();
        TempData["Flash"] = withdrawn.Refusal is { } why ? words.Say(why) : words["申请已撤回，课程照常学习"].Value;
        return Redirect($"/orders/{number}/refund");
    }

    private async Task<IActionResult> ShowAsync(string number, RefundInput? input, CancellationToken stop)
    {
        if (await RefundCase.ReadAsync(db, db.Orders.OwnedBy(shopper.Id).AsNoTracking(), number, stop) is not { } file)
            return NotFound();
        var now = clock.GetUtcNow();
        Number = number;
        Refunds = await RefundCard.OfAsync(db.OrderRefunds, file.Order, stop);
        Choice = RefundChoice.Of(file, line => file.ObstacleForShopper(line, Rules, now), input, $"/orders/{number}/refund", words["提交申请"], now);
        return Page();
    }
}
