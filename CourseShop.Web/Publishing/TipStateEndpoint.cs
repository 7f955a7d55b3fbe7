using CourseShop.Accounts;
using CourseShop.Data;

namespace CourseShop.Publishing;

/// <summary>Where a tip stands, for the script of its cashier: for who gives it, else not found.</summary>
public static class TipStateEndpoint
{
    public static void MapTipState(this IEndpointRouteBuilder app) => app.MapGet("/tips/{number}/state", async (string number, CurrentShopper shopper, ShopDb db, TimeProvider clock, HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        var now = clock.GetUtcNow();
        return await db.AwaitedTipAsync(shopper.Id, number, context.RequestAborted) is { } tip
            ? Results.Json(new { state = tip.Standing(now).ToString().ToLowerInvariant(), secondsLeft = (long)Math.Ceiling(tip.TimeLeft(now).TotalSeconds) })
            : Results.NotFound();
    }).RequireAuthorization();
}
