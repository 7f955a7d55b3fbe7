using CourseShop.Data;
using Microsoft.Data.Sqlite;

namespace CourseShop.Tests.Support;

/// <summary>Somebody with a database tool and bad intentions, or a bug that nobody has found yet.</summary>
public static class Tampering
{
    public static string DropTriggers { get; } = string.Concat(AppendOnly.Triggers.Select(trigger => $"DROP TRIGGER \"{trigger.Name}\"; "));

    private static string RestoreTriggers { get; } = string.Concat(AppendOnly.Triggers.Select(trigger => $"{trigger.Sql}; "));

    /// <summary>Writes behind the shop's back: no trigger and no foreign key looks meanwhile.</summary>
    public static async Task TamperAsync(this ShopHost host, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataFolder, "shop.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; {DropTriggers}{sql}; {RestoreTriggers}COMMIT;";
        await command.ExecuteNonQueryAsync();
    }
}
