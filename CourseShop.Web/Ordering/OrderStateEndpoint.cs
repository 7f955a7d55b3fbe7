using CourseShop.Accounts;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Ordering;

/// <summary>Where an order stands, for the script of the cashier: its owner's, else not found.</summary>
public static class OrderStateEndpoint
{
    public static void MapOrderState(this IEndpointRouteBuilder app) => app.MapGet("/orders/{number}/state", async (string number, CurrentShopper shopper, ShopDb db, TimeProvider clock, HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        var order = await db.Orders.OwnedBy(shopper.Id).AsNoTracking().SingleOrDefaultAsync(order => order.Number == number, context.RequestAborted);
        return order is null
            ? Results.NotFound()
            : Results.Json(new { state = order.Status.ToCode(), secondsLeft = (long)Math.Ceiling(order.TimeLeft(clock.GetUtcNow()).TotalSeconds) });
    }).RequireAuthorization();
}
