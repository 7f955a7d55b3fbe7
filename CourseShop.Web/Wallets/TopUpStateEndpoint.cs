using CourseShop.Accounts;
using CourseShop.Data;

namespace CourseShop.Wallets;

/// <summary>Where a top-up stands, for the script of its cashier: its owner's, else not found.</summary>
public static class TopUpStateEndpoint
{
    public static void MapTopUpState(this IEndpointRouteBuilder app) => app.MapGet("/wallet/top-up/{number}/state", async (string number, CurrentShopper shopper, ShopDb db, TimeProvider clock, HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        var now = clock.GetUtcNow();
        return await db.AwaitedTopUpAsync(shopper.Id, number, context.RequestAborted) is { } topUp
            ? Results.Json(new { state = topUp.Standing(now).ToString().ToLowerInvariant(), secondsLeft = (long)Math.Ceiling(topUp.TimeLeft(now).TotalSeconds) })
            : Results.NotFound();
    }).RequireAuthorization();
}
