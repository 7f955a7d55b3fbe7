using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>
/// Rows that are only ever added: the database itself refuses to change or remove them, whoever asks. Forged notifications alone may go, since only
/// the last are kept. The check compares the triggers word by word.
/// </summary>
public static class AppendOnly
{
    /// <summary>Those of the first migration that protected any; a table that came later is protected by its own.</summary>
    private static readonly IReadOnlyList<string> First = ["CreditEntries", "OrderEvents", "PaymentNotifications"];

    public static readonly IReadOnlyList<string> Tables = [.. First, "WalletEntries"];

    internal const int Forged = 0;

    /// <summary>The first ones on SQLite; on PostgreSQL, whose first migration came later, all.</summary>
    public static void Protect(MigrationBuilder migration) => Protect(migration, Early(migration));

    /// <summary>Also for a migration that rebuilds one of the tables, as SQLite does for many a change: its triggers go with the old one.</summary>
    public static void Protect(MigrationBuilder migration, params IReadOnlyList<string> tables)
    {
        Unprotect(migration, tables);
        foreach (var sql in ShopDialects.Of(migration).Protect(tables))
            migration.Sql(sql);
    }

    public static void Unprotect(MigrationBuilder migration) => Unprotect(migration, Early(migration));

    public static void Unprotect(MigrationBuilder migration, params IReadOnlyList<string> tables)
    {
        foreach (var sql in ShopDialects.Of(migration).Unprotect(tables))
            migration.Sql(sql);
    }

    private static IReadOnlyList<string> Early(MigrationBuilder migration) => ShopDialects.Of(migration).HasOneWriter ? First : Tables;

    internal static bool MayRemoveForged(string table, string action) => (table, action) == ("PaymentNotifications", "DELETE");
}
