using System.Data.Common;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

public static class OneConnection
{
    /// <summary>
    /// A page asks several questions: they go through one connection, opened before the first and closed when the request's context goes back to its pool.
    /// Opening is dear, since EF gives every SQLite connection its functions each time; PostgreSQL's are pooled, and a page that held one could wait for its own unit's. A database that can't be opened is the page's to fail at.
    /// </summary>
    public static void UseOneConnection(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null && context.RequestServices.GetRequiredService<ShopDb>() is { Dialect.HasOneWriter: true } db)
        {
            try
            {
                await db.Database.OpenConnectionAsync(context.RequestAborted);
            }
            catch (DbException failure)
            {
                context.RequestServices.GetRequiredService<ILogger<ShopDb>>().LogWarning(failure, "The database can't be opened");
            }
        }

        await next(context);
    });
}
