using CourseShop.Catalog;
using CourseShop.Common;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

public static class DataModule
{
    public const string Sqlite = "Sqlite";
    public const string Postgres = "PostgreSql";

    public static IServiceCollection AddShopData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped(provider => new Lazy<ShopDb>(provider.GetRequiredService<ShopDb>)); // for who may not need it: most of a guest's pages
        services.AddScoped<MigrateDatabase>();
        services.AddScoped<OpenSampleShop>();
        services.AddScoped<SeedOrders>();
        services.AddSingleton<IndexCourses>();
        services.AddScoped<FindCourses>();
        return IsPostgres(configuration) ? services.AddPostgres() : services.AddSqlite();
    }

    public static bool IsPostgres(IConfiguration configuration) => string.Equals(configuration["Database:Provider"], Postgres, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the keys that protect cookies and forms are kept: in the data folder, or with PostgreSQL in the database.</summary>
    public static IXmlRepository ProtectionKeys(this IServiceProvider provider, ShopOptions shop)
    {
        var folder = Directory.CreateDirectory(Path.Combine(shop.DataFolder, "protection-keys"));
        var files = new FileSystemXmlRepository(folder, provider.GetRequiredService<ILoggerFactory>());
        return IsPostgres(provider.GetRequiredService<IConfiguration>()) ? new DatabaseKeys(provider.GetRequiredService<IServiceScopeFactory>(), files) : files;
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddDbContextPool<ShopDb, SqliteShopDb>(UseSqlite);
        services.AddSingleton(provider => new ShopConnections(ShopDialects.Sqlite, SqliteConnectionString(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteShopWriter>(provider, () => new SqliteShopDb(Options<SqliteShopDb>(provider, UseSqlite))));
        services.AddSingleton<ShopWriter>(provider => provider.GetRequiredService<SqliteShopWriter>());
        return services.AddHostedService(provider => provider.GetRequiredService<SqliteShopWriter>());
    }

    private static IServiceCollection AddPostgres(this IServiceCollection services)
    {
        services.AddDbContextPool<ShopDb, PostgresShopDb>(UsePostgres);
        services.AddSingleton(provider => new ShopConnections(ShopDialects.Postgres, PostgresConnectionString(provider)));
        return services.AddSingleton<ShopWriter>(provider => ActivatorUtilities.CreateInstance<PostgresShopWriter>(provider, Options<PostgresShopDb>(provider, UsePostgres)));
    }

    private static DbContextOptions<T> Options<T>(IServiceProvider provider, Action<IServiceProvider, DbContextOptionsBuilder> use)
        where T : ShopDb
    {
        var builder = new DbContextOptionsBuilder<T>();
        use(provider, builder);
        builder.UseApplicationServiceProvider(provider); // or its model would lack what Identity's options add
        return builder.Options;
    }

    private static void UseSqlite(IServiceProvider provider, DbContextOptionsBuilder builder)
    {
        var connectionString = SqliteConnectionString(provider);
        builder.UseSqlite(connectionString, SqliteShop.Configure).AddInterceptors(new SqliteConnectionPreparation(connectionString));
    }

    private static void UsePostgres(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.UseNpgsql(PostgresConnectionString(provider), PostgresShop.Configure).AddInterceptors(new WholeCharacters());

    private static string SqliteConnectionString(IServiceProvider provider)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        return configuration["Database:Provider"] is { Length: > 0 } provided && !string.Equals(provided, Sqlite, StringComparison.OrdinalIgnoreCase)
            ? throw new WrongSettingException($"Database:Provider is '{provided}'; it can be {Sqlite} or {Postgres}.")
            : SqliteShop.ConnectionString(configuration, provider.GetRequiredService<IOptions<ShopOptions>>().Value);
    }

    private static string PostgresConnectionString(IServiceProvider provider) => PostgresShop.ConnectionString(provider.GetRequiredService<IConfiguration>());
}
