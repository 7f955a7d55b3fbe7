using CourseShop.Common;
using CourseShop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CourseShop.Operations;

/// <summary>How far a move is.</summary>
/// <param name="Table">The table that is under way.</param>
/// <param name="IsCompared">Its rows have arrived and are compared.</param>
/// <param name="Done">How many rows were copied, or compared, of all tables.</param>
/// <param name="All">How many there are.</param>
public sealed record MoveProgress(string Table, bool IsCompared, long Done, long All);

/// <summary>
/// Moves a shop from its SQLite file, which is only read, into an empty PostgreSQL database. Every table is copied, read again from both sides and compared
/// row by row and column by column; at last both are checked by every money invariant. Until then nothing opens there.
/// </summary>
public sealed class MoveToPostgres(ShopDb target, ShopConnections connections, IServiceProvider services, IOptions<ShopOptions> shop, TimeProvider clock)
{
    /// <summary>How many rows it moved; what stands in the way is thrown as a sentence.</summary>
    /// <param name="file">The SQLite file; null for the one in the data folder.</param>
    /// <param name="tell">Told of every row.</param>
    /// <param name="stop">Stops in the middle; the next run begins anew.</param>
    public async Task<long> RunAsync(string? file, Action<MoveProgress> tell, CancellationToken stop)
    {
        var path = Path.GetFullPath(file ?? Path.Combine(shop.Value.DataFolder, "shop.db"));
        Require(File.Exists(path), $"There is no SQLite shop at {path}.");
        Require(target is PostgresShopDb, $"Database:Provider must be {DataModule.Postgres}, and ConnectionStrings:Shop name the new database; the file to move from is {path}.");
        await using var source = SqliteShop.OpenReadOnly(path, services);
        await RequireGoodAsync(source, path, stop);

        await using (await connections.OpenAsync(stop)) { } // says what is wrong with the setting, which EF would hide
        await using var held = await target.Dialect.LockOpeningAsync(target, shop.Value, stop);
        await MakeRoomAsync(stop);
        var moved = await MoveAsync(source, path, tell, stop);
        var report = await new CheckMoney(target, clock).RunAsync(CheckPlan.Everything, stop);
        Require(report.Broken.Count == 0, $"The rows arrived, but {report.Broken.Count} money invariants don't hold in PostgreSQL: please report this. Nothing opens there; the SQLite shop is as it was.");
        await UnfinishedMove.EndAsync(target, stop);
        return moved;
    }

    private async Task RequireGoodAsync(SqliteShopDb source, string path, CancellationToken stop)
    {
        Require(!(await source.Database.GetPendingMigrationsAsync(stop)).Any(), $"{path} is of an older version: run migrate on it first (with Database:Provider={DataModule.Sqlite}).");
        var report = await new CheckMoney(source, clock).RunAsync(CheckPlan.Everything, stop);
        Require(report.Broken.Count == 0, $"{path}: {report.Broken.Count} money invariants don't hold there; run check on it, and put that right first (with Database:Provider={DataModule.Sqlite}).");
    }

    /// <summary>Only what a killed move has left is removed.</summary>
    private async Task MakeRoomAsync(CancellationToken stop)
    {
        if (await UnfinishedMove.IsThereAsync(target.Database.GetDbConnection(), stop))
            await UnfinishedMove.ClearAsync(target, stop);
        else if (await target.GetService<IHistoryRepository>().ExistsAsync(stop) && (await target.Database.GetAppliedMigrationsAsync(stop)).Any())
            Require(!await target.Users.AnyAsync(stop) && !await target.Categories.AnyAsync(stop), "ConnectionStrings:Shop names a database that holds a shop already; the move needs an empty one.");
        await UnfinishedMove.BeginAsync(target, stop);
        await MigrateDatabase.ApplyAsync(target, stop);
    }

    private async Task<long> MoveAsync(SqliteShopDb source, string path, Action<MoveProgress> tell, CancellationToken stop)
    {
        var (from, to) = (source.Database.GetDbConnection(), (NpgsqlConnection)target.Database.GetDbConnection());
        await source.Database.OpenConnectionAsync(stop);
        var version = await SqliteShop.VersionAsync(from, stop);
        var tables = MovedTable.All(source, target);
        long all = 0;
        foreach (var table in tables)
            all += await table.CountAsync(from, stop);

        long copied = 0, compared = 0;
        foreach (var table in tables)
            await table.CopyAsync(from, to, () => tell(new(table.Name, false, ++copied, all)), stop);
        foreach (var table in tables)
        {
            await table.GoOnNumberingAsync(from, to, stop);
            var difference = await table.DifferenceAsync(from, to, stop);
            Require(difference is null, $"{table.Name} arrived otherwise than it was: {difference}. Nothing opens in PostgreSQL; the SQLite shop is as it was.");
            compared += await table.CountAsync(to, stop);
            tell(new(table.Name, true, compared, all));
        }

        Require(await SqliteShop.VersionAsync(from, stop) == version && compared == all, $"{path} was written to meanwhile: stop the shop, then run this again.");
        return compared;
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
            throw new WrongSettingException(sentence);
    }
}
