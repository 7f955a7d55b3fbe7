using CourseShop.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

/// <summary>Brings the database up to date, only when something is pending, and one process at a time.</summary>
public sealed class MigrateDatabase(ShopDb db, IOptions<ShopOptions> shop)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(shop.Value.DataFolder);
        await db.Dialect.PrepareAsync(db, stop);
        await db.Dialect.RequireWholeAsync(db, stop);
        if (await db.GetService<IHistoryRepository>().ExistsAsync(stop) && !(await db.Database.GetPendingMigrationsAsync(stop)).Any())
            return 0;

        await using var held = await db.Dialect.LockOpeningAsync(db, shop.Value, stop);
        return await ApplyAsync(db, stop);
    }

    /// <summary>The list of what was applied comes first: a database that is asked for a list it doesn't have begins its log with an error.</summary>
    internal static async Task<int> ApplyAsync(ShopDb db, CancellationToken stop)
    {
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(stop);
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count > 0)
            await db.Database.MigrateAsync(stop);
        return pending.Count;
    }
}
