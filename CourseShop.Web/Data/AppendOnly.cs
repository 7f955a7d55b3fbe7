using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// Rows that are only ever added: SQLite itself refuses to change or remove them, whoever asks. Forged notifications alone may go, since only
/// the last are kept. The check compares the triggers word by word.
/// </summary>
public static class AppendOnly
{
    public static readonly IReadOnlyList<string> Tables = ["CreditEntries", "OrderEvents", "PaymentNotifications"];

    public static readonly IReadOnlyList<(string Name, string Sql)> Triggers = [.. Tables.SelectMany(table => new[] { Keep(table, "UPDATE", "changed"), Keep(table, "DELETE", "removed") })];

    public static void Protect(MigrationBuilder migration)
    {
        foreach (var (_, sql) in Triggers)
            migration.Sql(sql);
    }

    public static void Unprotect(MigrationBuilder migration)
    {
        foreach (var (name, _) in Triggers)
            migration.Sql($"DROP TRIGGER \"{name}\"");
    }

    private static (string Name, string Sql) Keep(string table, string action, string done)
    {
        var name = $"{table}_not_{done}";
        var unless = (table, action) == ("PaymentNotifications", "DELETE") ? " WHEN OLD.\"Verdict\" <> 0" : "";
        return (name, $"CREATE TRIGGER \"{name}\" BEFORE {action} ON \"{table}\"{unless} BEGIN SELECT RAISE(ABORT, '{table} are never {done}'); END");
    }
}
