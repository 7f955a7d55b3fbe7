using System.Data;
using System.Data.Common;
using CourseShop.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CourseShop.Data;

/// <summary>PostgreSQL: many writers at once, who take turns by advisory locks.</summary>
internal sealed class PostgresDialect : IDialect
{
    private const string Refusal = "ledger_rows_stay";
    private const string RefusalBody = "BEGIN RAISE EXCEPTION '% are never changed or removed', TG_TABLE_NAME; END";

    public bool HasOneWriter => false;

    public int MostRowsInFlight => 1_000;

    public MigrationList Migrations { get; } = new(2, "20261127073347_UnpaidOrders");

    public string CountTables(string name) => $"SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '{name}'";

    public async Task<DbConnection> OpenAsync(string connectionString, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch (PostgresException refused)
        {
            throw new WrongSettingException($"ConnectionStrings:Shop: PostgreSQL at {connection.Host}:{connection.Port} answers: {refused.MessageText}.");
        }
        catch (NpgsqlException silent)
        {
            throw new WrongSettingException($"ConnectionStrings:Shop: no PostgreSQL answers at {connection.Host}:{connection.Port} ({silent.InnerException?.Message ?? silent.Message}).");
        }
    }

    public Task RequireUsableAsync(DbConnection connection, CancellationToken stop) => UnfinishedMove.RequireNoneAsync(connection, stop);

    public async Task<IAsyncDisposable> LockOpeningAsync(ShopDb db, ShopOptions shop, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        await db.Database.ExecuteSqlAsync($"SET lock_timeout = 0", stop);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Turn.OfOpening.Key})", stop);
        return new Opening(db);
    }

    public Task TakeTurnAsync(ShopDb db, Turn turn, CancellationToken stop) => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({turn.Key})", stop);

    public async Task<IReadOnlyCollection<long>> TakeFreeTurnsAsync(ShopDb db, IReadOnlyCollection<long> shoppers, CancellationToken stop)
    {
        var keys = shoppers.Distinct().Select(shopper => Turn.OfShopper(shopper).Key).ToArray();
        var taken = await db.Database.SqlQuery<long>($"""SELECT k AS "Value" FROM unnest({keys}) k WHERE pg_try_advisory_xact_lock(k)""").ToListAsync(stop);
        return taken.ConvertAll(key => key - Turn.OfShopper(0).Key);
    }

    public async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken stop) => await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);

    /// <summary>Prepared by Npgsql itself after it was asked a few times.</summary>
    public DbCommand Again(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public string SealSnapshot => "SET TRANSACTION READ ONLY";

    /// <summary>In the words in which PostgreSQL tells them; it also keeps whole tables from being emptied.</summary>
    public IReadOnlyList<(string Name, string Sql)> Protection { get; } =
        [.. ProtectionOf(AppendOnly.Tables), (Refusal, RefusalBody)];

    public string ProtectionInForce => $"""
        SELECT t.tgname::text AS "Name", pg_get_triggerdef(t.oid, true) AS "Sql" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)
        UNION ALL SELECT p.proname::text, p.prosrc FROM pg_proc p WHERE p.proname = '{Refusal}' AND pg_function_is_visible(p.oid)
        """;

    public IEnumerable<string> Protect(IReadOnlyList<string> tables) => ProtectionOf(tables).Select(trigger => trigger.Sql).Prepend($"CREATE OR REPLACE FUNCTION {Refusal}() RETURNS trigger LANGUAGE plpgsql AS $${RefusalBody}$$");

    public IEnumerable<string> Unprotect(IReadOnlyList<string> tables) =>
        tables.SelectMany(table => new[] { "changed", "removed", "emptied" }.Select(done => $"DROP TRIGGER IF EXISTS \"{table}_not_{done}\" ON \"{table}\""));

    /// <summary>A sequence goes on without waiting for anybody's transaction.</summary>
    public async Task<long?> CatalogueAsync(ShopDb db, CancellationToken stop) =>
        await db.Database.SqlQueryRaw<long>($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS \"Value\" FROM \"{PostgresShopDb.CatalogueSequence}\"").SingleAsync(stop);

    public async Task<long?> NextCatalogueAsync(ShopDb db, CancellationToken stop) =>
        (await db.Database.SqlQueryRaw<long>($"SELECT nextval('\"{PostgresShopDb.CatalogueSequence}\"') AS \"Value\"").ToListAsync(stop)).Single();

    public ISearchIndex Search { get; } = new PostgresSearchIndex();

    /// <summary>A unit that rolls back leaves a gap: nothing can be told from the numbers.</summary>
    public string? LostRows(string table, string from) => null;

    public bool IsDuplicate(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static IEnumerable<(string Name, string Sql)> ProtectionOf(IReadOnlyList<string> tables) =>
        tables.SelectMany(table => new[] { Keep(table, "UPDATE", "changed"), Keep(table, "DELETE", "removed"), Keep(table, "TRUNCATE", "emptied") });

    private static (string Name, string Sql) Keep(string table, string action, string done)
    {
        var unless = AppendOnly.MayRemoveForged(table, action) ? $" WHEN (old.\"Verdict\" <> {AppendOnly.Forged})" : "";
        var each = action == "TRUNCATE" ? "STATEMENT" : "ROW";
        return ($"{table}_not_{done}", $"CREATE TRIGGER \"{table}_not_{done}\" BEFORE {action} ON \"{table}\" FOR EACH {each}{unless} EXECUTE FUNCTION {Refusal}()");
    }

    private sealed class Opening(ShopDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Turn.OfOpening.Key})");
            await db.Database.CloseConnectionAsync();
        }
    }
}
