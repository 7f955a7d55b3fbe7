using System.Collections.Concurrent;
using CourseShop.Accounts;
using CourseShop.Data;
using CourseShop.Payments;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Support;

/// <summary>A shop's database, looked at from outside while the shop is at work: the file in a data folder, or the PostgreSQL database that was made for it.</summary>
public static class ShopFile
{
    private static readonly IServiceProvider Schema = new ServiceCollection().Configure<IdentityOptions>(AccountsModule.ConfigureSchema).BuildServiceProvider();
    private static readonly ConcurrentDictionary<string, string> Databases = new(StringComparer.Ordinal);

    /// <summary>The shop of this folder keeps its books there.</summary>
    public static void KeepIn(string dataFolder, string database) => Databases[dataFolder] = database;

    /// <summary>What a shop on this folder has to be told.</summary>
    public static IReadOnlyDictionary<string, string?> Settings(string dataFolder) => Databases.TryGetValue(dataFolder, out var database)
        ? new Dictionary<string, string?>(StringComparer.Ordinal) { ["Database:Provider"] = DataModule.Postgres, ["ConnectionStrings:Shop"] = database }
        : new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Nothing is written.</summary>
    public static async Task<T> ReadAsync<T>(string dataFolder, Func<ShopDb, Task<T>> read)
    {
        if (Databases.TryGetValue(dataFolder, out var database))
        {
            await using var postgres = OpenPostgres(database, Schema);
            return await read(postgres);
        }

        await using var connection = Connection(dataFolder, SqliteOpenMode.ReadOnly);
        await connection.OpenAsync();
        await using var db = new SqliteShopDb(new DbContextOptionsBuilder<SqliteShopDb>().UseSqlite(connection, SqliteShop.Configure).UseApplicationServiceProvider(Schema).Options);
        return await read(db);
    }

    /// <summary>Writes as another process would.</summary>
    public static async Task<int> ExecuteAsync(string dataFolder, string sql)
    {
        if (Databases.TryGetValue(dataFolder, out var database))
        {
            await using var postgres = OpenPostgres(database, Schema);
            return await postgres.Database.ExecuteSqlRawAsync(sql);
        }

        await using var connection = Connection(dataFolder, SqliteOpenMode.ReadWrite);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits for money that was paid at the cashier; it comes by itself: notifications are repeated, and the sweeper asks.</summary>
    public static Task MoneyArrivesAsync(string dataFolder, string order) => Patience.UntilAsync($"{order} was paid at the cashier, and the shop never heard of it",
        () => ReadAsync(dataFolder, db => db.Payments.AnyAsync(payment => payment.Purpose == PaymentPurpose.Order && payment.PurposeNumber == order && payment.TradeNo != null)));

    public static async Task AssertHoldsAsync(string dataFolder) => Assert.Empty(await ReadAsync(dataFolder, db => MoneyInvariants.BrokenAsync(db, TimeProvider.System)));

    internal static PostgresShopDb OpenPostgres(string database, IServiceProvider services) =>
        new(new DbContextOptionsBuilder<PostgresShopDb>().UseNpgsql($"{database};Pooling=False", PostgresShop.Configure).UseApplicationServiceProvider(services).Options);

    private static SqliteConnection Connection(string dataFolder, SqliteOpenMode mode) =>
        new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataFolder, "shop.db"), Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
}
