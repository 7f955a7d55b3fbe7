using CourseShop.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CourseShop.Data;

/// <summary>The shop on PostgreSQL: the same model.</summary>
public sealed class PostgresShopDb(DbContextOptions<PostgresShopDb> options) : ShopDb(options)
{
    internal const string CatalogueSequence = "CatalogueVersion";

    public override IDialect Dialect => ShopDialects.Postgres;

    /// <summary>Texts compare and order by their letters' codes, as on SQLite, whatever language the server was set up in.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ProtectionKey>(key =>
        {
            key.ToTable("ProtectionKeys");
            key.HasIndex(one => one.Name).IsUnique();
        });
        builder.HasSequence<long>(CatalogueSequence);
        foreach (var index in builder.Model.GetEntityTypes().SelectMany(type => type.GetIndexes()).ToList())
            index.SetFilter(WithTruth(index));
    }

    /// <summary>What is 0 or 1 on SQLite is a truth value here.</summary>
    private static string? WithTruth(IReadOnlyIndex index) => index.DeclaringEntityType.GetProperties().Where(property => property.ClrType == typeof(bool)).Aggregate(index.GetFilter(), (filter, property) =>
        filter?.Replace($"\"{property.Name}\" = 1", $"\"{property.Name}\"", StringComparison.Ordinal).Replace($"\"{property.Name}\" = 0", $"NOT \"{property.Name}\"", StringComparison.Ordinal));
}

/// <summary>For `dotnet ef` only.</summary>
internal sealed class PostgresShopDbFactory : IDesignTimeDbContextFactory<PostgresShopDb>
{
    public PostgresShopDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresShopDb>()
            .UseNpgsql("Host=127.0.0.1;Database=design", PostgresShop.Configure)
            .UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(AccountsModule.ConfigureSchema).BuildServiceProvider())
            .Options);
}
