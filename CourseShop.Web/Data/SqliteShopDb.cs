using CourseShop.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CourseShop.Data;

/// <summary>The shop on SQLite.</summary>
public sealed class SqliteShopDb(DbContextOptions<SqliteShopDb> options) : ShopDb(options)
{
    public override IDialect Dialect => ShopDialects.Sqlite;
}

/// <summary>For `dotnet ef` only.</summary>
internal sealed class SqliteShopDbFactory : IDesignTimeDbContextFactory<SqliteShopDb>
{
    public SqliteShopDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteShopDb>()
            .UseSqlite("Data Source=design.db", SqliteShop.Configure)
            .UseApplicationServiceProvider(new ServiceCollection().Configure<IdentityOptions>(AccountsModule.ConfigureSchema).BuildServiceProvider())
            .Options);
}
