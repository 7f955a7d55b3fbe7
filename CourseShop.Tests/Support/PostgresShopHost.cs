namespace CourseShop.Tests.Support;

/// <summary>The whole shop on a PostgreSQL database of its own, whatever the suite runs on.</summary>
public sealed class PostgresShopHost() : ShopHost(isOnPostgres: true);
