using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// Rows that are only ever added: the database itself refuses to change or remove them, whoever asks. Forged notifications alone may go, since only
/// the last are kept. The check compares the triggers word by word.
/// </summary>
public static class AppendOnly
{
    public static readonly IReadOnlyList<string> Tables = ["CreditEntries", "OrderEvents", "PaymentNotifications"];

    internal const int Forged = 0;

    /// <summary>Also for a migration that rebuilds one of the tables, as SQLite does for many a change: its triggers go with the old one.</summary>
    public static void Protect(MigrationBuilder migration)
    {
        Unprotect(migration);
        foreach (var sql in Dialect(migration).Protect)
            migration.Sql(sql);
    }

    public static void Unprotect(MigrationBuilder migration)
    {
        foreach (var sql in Dialect(migration).Unprotect)
            migration.Sql(sql);
    }

    internal static bool MayRemoveForged(string table, string action) => (table, action) == ("PaymentNotifications", "DELETE");

    private static IDialect Dialect(MigrationBuilder migration) => migration.ActiveProvider!.Contains("Sqlite", StringComparison.Ordinal) ? ShopDialects.Sqlite : ShopDialects.Postgres;
}
