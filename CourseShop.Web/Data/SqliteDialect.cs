using System.Data.Common;
using CourseShop.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>SQLite: a file with one writer.</summary>
internal sealed class SqliteDialect : IDialect
{
    private const int UniqueViolated = 2067;

    public bool HasOneWriter => true;

    public int MostRowsInFlight => 0;

    public MigrationList Migrations { get; } = new(8, "20261127073340_UnpaidOrders");

    public string CountTables(string name) => $"SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '{name}'";

    public async Task<DbConnection> OpenAsync(string connectionString, CancellationToken stop)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(stop);
        SqliteShop.Prepare(connection);
        return connection;
    }

    /// <summary>Write-ahead log: readers and the writer don't wait for each other. EF sets it only when it makes the file itself, so the shop does.</summary>
    public async Task RequireUsableAsync(DbConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        var mode = (string?)await command.ExecuteScalarAsync(stop);
        if (mode != "wal")
            throw new InvalidOperationException($"The database's journal mode is '{mode}', not WAL: put Shop:DataFolder on a local disk.");
    }

    /// <summary>A file of the shop's own. EF's own lock is a row that outlives a killed process and would block every start after it, so one left over is cleared.</summary>
    public async Task<IAsyncDisposable> LockOpeningAsync(ShopDb db, ShopOptions shop, CancellationToken stop)
    {
        var path = Path.Combine(shop.DataFolder, "migrating.lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", stop);
                return held;
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(100, stop); // another process migrates
            }
        }
    }

    public Task TakeTurnAsync(ShopDb db, Turn turn, CancellationToken stop) => Task.CompletedTask;

    public Task<IReadOnlyCollection<long>> TakeFreeTurnsAsync(ShopDb db, IReadOnlyCollection<long> shoppers, CancellationToken stop) => Task.FromResult(shoppers);

    public Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public DbCommand Again(DbConnection connection, string sql) => ((KeptConnection)connection).Again(sql);

    public string SealSnapshot => "";

    public IReadOnlyList<(string Name, string Sql)> Protection { get; } =
        [.. ProtectionOf(AppendOnly.Tables)];

    public string ProtectionInForce => """SELECT name AS "Name", sql AS "Sql" FROM sqlite_master WHERE type = 'trigger'""";

    public IEnumerable<string> Protect(IReadOnlyList<string> tables) => ProtectionOf(tables).Select(trigger => trigger.Sql);

    public IEnumerable<string> Unprotect(IReadOnlyList<string> tables) => ProtectionOf(tables).Select(trigger => $"DROP TRIGGER IF EXISTS \"{trigger.Name}\"");

    public Task<long?> CatalogueAsync(ShopDb db, CancellationToken stop) => Task.FromResult<long?>(null);

    public Task<long?> NextCatalogueAsync(ShopDb db, CancellationToken stop) => Task.FromResult<long?>(null);

    public ISearchIndex Search { get; } = new SqliteSearchIndex();

    /// <summary>Numbers are given without gaps: SQLite keeps the last one in a table of its own, which a rolled back savepoint takes back too.</summary>
    public string LostRows(string table, string from) => $"""
        SELECT '{table}' AS "Table", q.seq - {from} + 1 - (SELECT COUNT(*) FROM "{table}" WHERE "Id" >= {from}) AS "Rows"
        FROM sqlite_sequence q WHERE q.name = '{table}' AND q.seq - {from} + 1 <> (SELECT COUNT(*) FROM "{table}" WHERE "Id" >= {from})
        """;

    public bool IsDuplicate(DbException failure) => failure is SqliteException { SqliteExtendedErrorCode: UniqueViolated };

    private static IEnumerable<(string Name, string Sql)> ProtectionOf(IReadOnlyList<string> tables) =>
        tables.SelectMany(table => new[] { Keep(table, "UPDATE", "changed"), Keep(table, "DELETE", "removed") });

    private static (string Name, string Sql) Keep(string table, string action, string done)
    {
        var name = $"{table}_not_{done}";
        var unless = AppendOnly.MayRemoveForged(table, action) ? $" WHEN OLD.\"Verdict\" <> {AppendOnly.Forged}" : "";
        return (name, $"CREATE TRIGGER \"{name}\" BEFORE {action} ON \"{table}\"{unless} BEGIN SELECT RAISE(ABORT, '{table} are never {done}'); END");
    }
}
