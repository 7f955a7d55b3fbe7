namespace CourseShop.Data;

/// <summary>The databases that the shop speaks.</summary>
public static class ShopDialects
{
    public static IDialect Sqlite { get; } = new SqliteDialect();

    public static IDialect Postgres { get; } = new PostgresDialect();
}
