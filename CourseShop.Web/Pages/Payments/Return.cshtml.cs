using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Publishing;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Pages.Payments;

public sealed class ReturnModel(CurrentShopper shopper, ShopDb db, ReadReturn read) : PageModel
{
    public bool IsKnown { get; private set; }

    /// <summary>Back from Alipay: its owner goes on to the result, anybody else sees a neutral page.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        var returned = await read.RunAsync(Request.QueryString.Value ?? "", stop);
        IsKnown = returned is not null;
        Response.StatusCode = IsKnown ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        return returned is not null && shopper.UserId is { } user && await PlaceOfAsync(returned, user, stop) is { } place ? Redirect(place) : Page();
    }

    /// <summary>Where who paid sees what came of it; null for anybody else.</summary>
    private async Task<string?> PlaceOfAsync(ReturnedPayment returned, long user, CancellationToken stop) => returned.Purpose switch
    {
        PaymentPurpose.Order when await db.Orders.OwnedBy(user).AnyAsync(order => order.Number == returned.Number, stop) => $"/orders/{returned.Number}/result",
        PaymentPurpose.TopUp when await db.TopUps.OwnedBy(user).AnyAsync(topUp => topUp.Number == returned.Number, stop) => $"/wallet/top-up/{returned.Number}",
        PaymentPurpose.Tip when await db.Tips.LeftBy(user).AnyAsync(tip => tip.Number == returned.Number, stop) => $"/tips/{returned.Number}",
        _ => null,
    };
}
