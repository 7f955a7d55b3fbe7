using CourseShop.Catalog;
using CourseShop.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CourseShop.Data;

public static class DataModule
{
    public static IServiceCollection AddShopData(this IServiceCollection services)
    {
        services.AddDbContextPool<ShopDb, SqliteShopDb>(UseSqlite);
        services.AddSingleton(provider =>
        {
            var builder = new DbContextOptionsBuilder<SqliteShopDb>();
            UseSqlite(provider, builder);
            builder.UseApplicationServiceProvider(provider); // or its model would lack what Identity's options add
            return ActivatorUtilities.CreateInstance<ShopWriter>(provider, builder.Options);
        });
        services.AddHostedService(provider => provider.GetRequiredService<ShopWriter>());
        services.AddScoped<MigrateDatabase>();
        services.AddScoped<OpenSampleShop>();
        services.AddScoped<SeedOrders>();
        services.AddSingleton<IndexCourses>();
        services.AddScoped<FindCourses>();
        return services;
    }

    private static void UseSqlite(IServiceProvider provider, DbContextOptionsBuilder builder)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        var provided = configuration["Database:Provider"] ?? "Sqlite";
        if (!string.Equals(provided, "Sqlite", StringComparison.OrdinalIgnoreCase))
            throw new WrongSettingException($"Database:Provider is '{provided}'; this version knows Sqlite.");
        builder.UseSqlite(SqliteShop.ConnectionString(configuration, provider.GetRequiredService<IOptions<ShopOptions>>().Value), SqliteShop.Configure)
            .AddInterceptors(new SqliteConnectionPreparation());
    }
}
