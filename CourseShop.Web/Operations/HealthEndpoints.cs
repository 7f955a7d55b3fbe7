using CourseShop.Data;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Operations;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can read its database, and is not about to stop.</summary>
public static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        app.MapGet("/health/ready", async (ShopDb db, IHostApplicationLifetime lifetime, CancellationToken stop) =>
            !lifetime.ApplicationStopping.IsCancellationRequested && await CanReadAsync(db, stop)
                ? Results.Text("ready")
                : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable)).AllowAnonymous();
    }

    private static async Task<bool> CanReadAsync(ShopDb db, CancellationToken stop)
    {
        try
        {
            await db.Categories.AnyAsync(stop);
            return true;
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException)
        {
            return false;
        }
    }
}
