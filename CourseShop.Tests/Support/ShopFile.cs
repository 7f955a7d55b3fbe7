using CourseShop.Accounts;
using CourseShop.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Support;

/// <summary>A shop's database file, looked at from outside while the shop is at work.</summary>
public static class ShopFile
{
    private static readonly IServiceProvider Schema = new ServiceCollection().Configure<IdentityOptions>(AccountsModule.ConfigureSchema).BuildServiceProvider();

    /// <summary>Nothing can be written.</summary>
    public static async Task<T> ReadAsync<T>(string dataFolder, Func<ShopDb, Task<T>> read)
    {
        await using var connection = Connection(dataFolder, SqliteOpenMode.ReadOnly);
        await connection.OpenAsync();
        await using var db = new SqliteShopDb(new DbContextOptionsBuilder<SqliteShopDb>().UseSqlite(connection, SqliteShop.Configure).UseApplicationServiceProvider(Schema).Options);
        return await read(db);
    }

    /// <summary>Writes as another process would.</summary>
    public static async Task<int> ExecuteAsync(string dataFolder, string sql)
    {
        await using var connection = Connection(dataFolder, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task AssertHoldsAsync(string dataFolder) => Assert.Empty(await ReadAsync(dataFolder, db => MoneyInvariants.BrokenAsync(db, TimeProvider.System)));

    private static SqliteConnection Connection(string dataFolder, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "shop.db"), Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
}
