using System.Data.Common;
using CourseShop.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CourseShop.Data;

/// <summary>How the shop opens SQLite: durable, with foreign keys, and waiting for its turn.</summary>
public static class SqliteShop
{
    private const int BusySeconds = 20;

    public static string ConnectionString(IConfiguration configuration, ShopOptions shop)
    {
        var configured = configuration.GetConnectionString("Shop");
        var given = string.IsNullOrWhiteSpace(configured) ? $"Data Source={Path.Combine(shop.DataFolder, "shop.db")}" : configured;
        return new SqliteConnectionStringBuilder(given) { ForeignKeys = true, DefaultTimeout = BusySeconds }.ToString();
    }

    /// <summary>A shop's file of which nothing is changed.</summary>
    internal static SqliteShopDb OpenReadOnly(string path, IServiceProvider services) => new(new DbContextOptionsBuilder<SqliteShopDb>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = BusySeconds }.ToString(), Configure)
        .UseApplicationServiceProvider(services).Options);

    /// <summary>Another one once somebody else has written.</summary>
    internal static async Task<long> VersionAsync(DbConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    public static void Configure(SqliteDbContextOptionsBuilder sqlite) => sqlite.MigrationsHistoryTable(MigrateDatabase.History);

    /// <summary>`synchronous=FULL`: what was acknowledged survives a power cut. Said on every connection, since SQLite forgets.</summary>
    internal static void Prepare(DbConnection connection) => Run(connection, "PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;");

    /// <summary>
    /// For the writer alone. What is needed to undo a savepoint is kept in memory: a unit that changes many rows would put it into a file of its own, each
    /// time. And the log goes into the database after 4,000 pages, not 1,000: of pages that change again and again only the last state is copied.
    /// </summary>
    internal static void PrepareToWrite(DbConnection connection) => Run(connection, "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000");

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>
/// Gives EF connections that stay open for as long as there is a context that owns them, in the pool of contexts too: opening is dear, since each time
/// settings are said and EF's own functions are brought in. The shop asks for none of those functions, so a kept connection does without.
/// </summary>
internal sealed class SqliteConnectionPreparation(string connectionString) : DbConnectionInterceptor
{
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new KeptConnection(connectionString));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SqliteShop.Prepare(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SqliteShop.Prepare(connection);
        return Task.CompletedTask;
    }
}

/// <summary>Stays open until it is disposed of, unless somebody left a transaction behind.</summary>
internal sealed class KeptConnection(string connectionString) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, KeptCommand> _kept = new(StringComparer.Ordinal);
    private bool _isGivenUp;

    /// <summary>The same command for the same words, its statement prepared; not to be asked again before its answer was read.</summary>
    public DbCommand Again(string sql)
    {
        if (_kept.TryGetValue(sql, out var kept))
            return kept;
        var command = _kept[sql] = new KeptCommand { Connection = this, CommandText = sql, CommandTimeout = DefaultTimeout };
        command.Prepare();
        return command;
    }

    public override void Close()
    {
        if (!_isGivenUp && Transaction is null)
            return;
        foreach (var command in _kept.Values)
            command.GiveUp();
        _kept.Clear();
        base.Close();
    }

    protected override void Dispose(bool disposing)
    {
        _isGivenUp = true;
        base.Dispose(disposing);
    }

    /// <summary>Whoever asked has the answer; the command stays.</summary>
    private sealed class KeptCommand : SqliteCommand
    {
        private bool _isGivenUp;

        public void GiveUp()
        {
            _isGivenUp = true;
            Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (_isGivenUp)
                base.Dispose(disposing);
        }
    }
}
