using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Tests.Data;

/// <summary>A start asks the database itself whether it is up to date, without EF.</summary>
public sealed class MigrateDatabaseTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    /// <summary>Who adds a migration and forgets the list hears of it here.</summary>
    [Fact]
    public async Task The_list_names_the_newest_migration()
    {
        var known = await _shop.ReadAsync(db => Task.FromResult(db.Database.GetMigrations().ToList()));

        Assert.Equal(new MigrationList(known.Count, known.Max(StringComparer.Ordinal)!), _shop.Service<ShopConnections>().Dialect.Migrations);
    }

    [Fact]
    public async Task What_is_up_to_date_is_left_alone()
    {
        Assert.True(await IsUpToDateAsync());
        Assert.Equal(0, await RunAsync());
    }

    /// <summary>One that came from another branch is older than the newest, and still missing.</summary>
    [Fact]
    public async Task A_missing_migration_is_seen_also_when_it_is_not_the_newest()
    {
        await _shop.WriteAsync(db => db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT MIN("MigrationId") FROM "__EFMigrationsHistory")"""));

        Assert.False(await IsUpToDateAsync());
    }

    [Fact]
    public async Task A_database_of_a_newer_shop_has_nothing_pending()
    {
        await _shop.WriteAsync(db => db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231235959_Later', '10.0.0')"""));

        Assert.Equal(0, await RunAsync());
    }

    private Task<bool> IsUpToDateAsync() => _shop.InScopeAsync<MigrateDatabase, bool>(migrate => migrate.IsUpToDateAsync(CancellationToken.None));

    private Task<int> RunAsync() => _shop.InScopeAsync<MigrateDatabase, int>(migrate => migrate.RunAsync(CancellationToken.None));
}
