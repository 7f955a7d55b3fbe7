using System.Data.Common;
using CourseShop.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CourseShop.Tests.Support;

/// <summary>Somebody with a database tool and bad intentions, or a bug that nobody has found yet.</summary>
public static class Tampering
{
    public static string DropTriggers { get; } = string.Concat(ShopDialects.Sqlite.Protection.Select(trigger => $"DROP TRIGGER \"{trigger.Name}\"; "));

    private static string RestoreTriggers { get; } = string.Concat(ShopDialects.Sqlite.Protection.Select(trigger => $"{trigger.Sql}; "));

    /// <summary>Writes behind the shop's back: no trigger and no foreign key looks meanwhile.</summary>
    public static Task TamperAsync(string books, string sql) => ExecuteAsync(books, IsPostgres(books) ? $"SET session_replication_role = replica; {sql}" : $"BEGIN IMMEDIATE; {PastTriggers(sql, ShopDialects.Sqlite)}COMMIT");

    /// <summary>A change within a transaction that the triggers would refuse, with the triggers as they were afterwards.</summary>
    public static string PastTriggers(string sql, IDialect dialect) => dialect.HasOneWriter
        ? $"{DropTriggers}{sql}; {RestoreTriggers}"
        : $"SET LOCAL session_replication_role = replica; {sql}; SET LOCAL session_replication_role = DEFAULT";

    public static Task TamperAsync(this ShopHost host, string sql) => TamperAsync(host.Books, sql);

    /// <summary>Writes past the shop, but not past what the database itself refuses.</summary>
    /// <param name="books">A SQLite file, or how to get at a PostgreSQL database.</param>
    /// <param name="sql">Statements.</param>
    public static async Task ExecuteAsync(string books, string sql)
    {
        await using DbConnection connection = IsPostgres(books) ? new NpgsqlConnection($"{books};Pooling=False") : new SqliteConnection($"Data Source={books};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the tests' own
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    internal static bool IsPostgres(string books) => books.StartsWith("Host=", StringComparison.Ordinal);
}
