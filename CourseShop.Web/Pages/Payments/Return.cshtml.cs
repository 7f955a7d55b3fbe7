using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments.Alipay;
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
        return returned is not null && shopper.UserId is { } user && await db.Orders.OwnedBy(user).AnyAsync(order => order.Number == returned.Number, stop)
            ? Redirect($"/orders/{returned.Number}/result")
            : Page();
    }
}
