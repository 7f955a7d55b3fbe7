using CourseShop.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

/// <summary>Brings the database up to date, only when something is pending, and one process at a time.</summary>
public sealed class MigrateDatabase(ShopConnections connections, Lazy<ShopDb> db, IOptions<ShopOptions> shop)
{
    /// <summary>The table in which EF notes what was applied.</summary>
    internal const string History = "__EFMigrationsHistory";

    public async Task<int> RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(shop.Value.DataFolder);
        if (await IsUpToDateAsync(stop))
            return 0;
        await using var held = await db.Value.Dialect.LockOpeningAsync(db.Value, shop.Value, stop);
        return await ApplyAsync(db.Value, stop);
    }

    /// <summary>Whether every migration was applied to a database that can be used.</summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken stop)
    {
        await using var connection = await connections.OpenAsync(stop);
        await connections.Dialect.RequireUsableAsync(connection, stop);
        await using var command = connection.CreateCommand();
        command.CommandText = connections.Dialect.CountTables(History);
        if ((long)(await command.ExecuteScalarAsync(stop))! == 0)
            return false;
        command.CommandText = $"SELECT COUNT(*), MAX(\"MigrationId\") FROM \"{History}\"";
        await using var list = await command.ExecuteReaderAsync(stop);
        return await list.ReadAsync(stop) && list.GetInt64(0) is var count and > 0 && new MigrationList((int)count, list.GetString(1)) == connections.Dialect.Migrations;
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
