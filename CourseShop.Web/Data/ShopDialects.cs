using Microsoft.EntityFrameworkCore.Migrations;

namespace CourseShop.Data;

/// <summary>The databases that the shop speaks.</summary>
public static class ShopDialects
{
    public static IDialect Sqlite { get; } = new SqliteDialect();

    public static IDialect Postgres { get; } = new PostgresDialect();

    /// <summary>What a migration is made for.</summary>
    internal static IDialect Of(MigrationBuilder migration) => migration.ActiveProvider!.Contains("Sqlite", StringComparison.Ordinal) ? Sqlite : Postgres;
}
