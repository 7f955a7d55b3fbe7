using CourseShop.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

/// <summary>
/// Brings the database up to date, only when something is pending, under a file lock of the shop's own: EF's own lock is a row that
/// outlives a killed process and would block every start after it, so a row left over is cleared first.
/// </summary>
public sealed class MigrateDatabase(ShopDb db, IOptions<ShopOptions> shop)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(shop.Value.DataFolder);
        await UseWriteAheadLogAsync(stop);
        if (!await IsPendingAsync(stop))
            return 0;

        await using var held = await LockAsync(stop);
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        if (pending.Count == 0)
            return 0;
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", stop);
        await db.Database.MigrateAsync(stop);
        return pending.Count;
    }

    /// <summary>Readers and the writer don't wait for each other. EF sets it only when it makes the file itself, so the shop does.</summary>
    private async Task UseWriteAheadLogAsync(CancellationToken stop)
    {
        var mode = (await db.Database.SqlQueryRaw<string>("PRAGMA journal_mode=WAL").ToListAsync(stop)).Single();
        if (mode != "wal")
            throw new InvalidOperationException($"The database's journal mode is '{mode}', not WAL: put Shop:DataFolder on a local disk.");
    }

    private async Task<bool> IsPendingAsync(CancellationToken stop) => (await db.Database.GetPendingMigrationsAsync(stop)).Any();

    private async Task<FileStream> LockAsync(CancellationToken stop)
    {
        var path = Path.Combine(shop.Value.DataFolder, "migrating.lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(100, stop); // another process migrates
            }
        }
    }
}
