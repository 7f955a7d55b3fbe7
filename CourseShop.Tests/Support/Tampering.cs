using CourseShop.Data;
using Microsoft.Data.Sqlite;

namespace CourseShop.Tests.Support;

/// <summary>Somebody with a database tool and bad intentions, or a bug that nobody has found yet.</summary>
public static class Tampering
{
    public static string DropTriggers { get; } = string.Concat(AppendOnly.Triggers.Select(trigger => $"DROP TRIGGER \"{trigger.Name}\"; "));

    private static string RestoreTriggers { get; } = string.Concat(AppendOnly.Triggers.Select(trigger => $"{trigger.Sql}; "));

    /// <summary>Writes behind the shop's back: no trigger and no foreign key looks meanwhile.</summary>
    public static Task TamperAsync(string books, string sql) => ExecuteAsync(books, $"BEGIN IMMEDIATE; {DropTriggers}{sql}; {RestoreTriggers}COMMIT");

    public static Task TamperAsync(this ShopHost host, string sql) => TamperAsync(host.Books, sql);

    /// <summary>Writes past the shop, but not past what the database itself refuses.</summary>
    public static async Task ExecuteAsync(string books, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={books};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
