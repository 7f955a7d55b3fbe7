using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// Rows that are only ever added: SQLite itself refuses to change or remove them, whoever asks. Forged notifications alone may go, since only
/// the last are kept. The check compares the triggers word by word.
/// </summary>
public static class AppendOnly
{
    /// <summary>Those of the first migration that protected any; a table that came later is protected by its own.</summary>
    private static readonly IReadOnlyList<string> First = ["CreditEntries", "OrderEvents", "PaymentNotifications"];

    public static readonly IReadOnlyList<string> Tables = [.. First, "WalletEntries"];

    public static readonly IReadOnlyList<(string Name, string Sql)> Triggers = [.. TriggersOf(Tables)];

    public static void Protect(MigrationBuilder migration) => Protect(migration, First);

    /// <summary>Also for a migration that rebuilds one of the tables, as SQLite does for many a change: its triggers go with the old one.</summary>
    public static void Protect(MigrationBuilder migration, params IReadOnlyList<string> tables)
    {
        Unprotect(migration, tables);
        foreach (var (_, sql) in TriggersOf(tables))
            migration.Sql(sql);
    }

    public static void Unprotect(MigrationBuilder migration) => Unprotect(migration, First);

    public static void Unprotect(MigrationBuilder migration, params IReadOnlyList<string> tables)
    {
        foreach (var (name, _) in TriggersOf(tables))
            migration.Sql($"DROP TRIGGER IF EXISTS \"{name}\"");
    }

    private static IEnumerable<(string Name, string Sql)> TriggersOf(IReadOnlyList<string> tables) => tables.SelectMany(table => new[] { Keep(table, "UPDATE", "changed"), Keep(table, "DELETE", "removed") });

    private static (string Name, string Sql) Keep(string table, string action, string done)
    {
        var name = $"{table}_not_{done}";
        var unless = (table, action) == ("PaymentNotifications", "DELETE") ? " WHEN OLD.\"Verdict\" <> 0" : "";
        return (name, $"CREATE TRIGGER \"{name}\" BEFORE {action} ON \"{table}\"{unless} BEGIN SELECT RAISE(ABORT, '{table} are never {done}'); END");
    }
}
