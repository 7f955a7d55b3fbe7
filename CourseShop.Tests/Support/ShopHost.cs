using CourseShop.Catalog;
using CourseShop.Data;
using CourseShop.Operations;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Payments.Reconciling;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace CourseShop.Tests.Support;

/// <summary>
/// The whole shop in this process, on a SQLite file of its own with the sample shop in it, with a clock that is moved by hand and an
/// Alipay that signs with the test key. Sweeps, refunds, reconciliations and the watchdog run only when a test says so.
/// </summary>
public class ShopHost : WebApplicationFactory<Program>
{
    private static readonly Lazy<string> Stocked = new(() => StockOnce(false).DataFolder);
    private static readonly Lazy<string> StockedDatabase = new(() => StockOnce(true)._database!);

    private readonly ShopFolder _folder;
    private readonly bool _isTemplate;
    private readonly ShopHost? _first;
    private readonly string? _database;

    /// <summary>On SQLite, or on what the suite runs on.</summary>
    public ShopHost()
        : this(PostgresServer.IsUsual)
    {
    }

    protected ShopHost(bool isOnPostgres, bool isTemplate = false)
    {
        _isTemplate = isTemplate;
        _folder = new ShopFolder();
        _database = isOnPostgres ? PostgresServer.NewDatabase(isTemplate ? null : StockedDatabase.Value) : null;
    }

    private ShopHost(ShopHost first)
    {
        _first = first;
        _folder = first._folder;
        _database = first._database;
        Clock = first.Clock;
        Alipay = first.Alipay;
    }

    public TestClock Clock { get; } = new();

    public FakeAlipayHandler Alipay { get; } = new();

    /// <summary>Gives a folder a database with the sample shop in it.</summary>
    public static void StockTo(string folder) => StockTo(folder, PostgresServer.IsUsual);

    public static void StockTo(string folder, bool onPostgres)
    {
        if (onPostgres)
            ShopFile.KeepIn(folder, PostgresServer.NewDatabase(StockedDatabase.Value));
        else
            CopyStock(Stocked.Value, folder);
    }

    /// <summary>A second server on the same database and the same Alipay.</summary>
    public ShopHost Beside() => new(this);

    public string DataFolder => _folder.Path;

    public bool IsOnPostgres => _database is not null;

    /// <summary>Where its database is, for the program or another shop on it; nothing for the file in its folder.</summary>
    public IReadOnlyDictionary<string, string?> Database => _database is null
        ? new Dictionary<string, string?>(StringComparer.Ordinal)
        : new Dictionary<string, string?>(StringComparer.Ordinal) { ["Database:Provider"] = DataModule.Postgres, ["ConnectionStrings:Shop"] = _database };

    /// <summary>The database's file, or how to get at it.</summary>
    public string Books => _database ?? Path.Combine(DataFolder, "shop.db");

    /// <summary>Settings on top of the usual ones; to be set before the first request.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>A new person with cookies of their own, who does not follow redirects.</summary>
    public Shopper NewShopper() => new(CreateDefaultClient(new CookieJarHandler()));

    /// <summary>A person who has signed in as one of the sample users.</summary>
    public async Task<Shopper> SignedInAsync(string name = "shopper")
    {
        var shopper = NewShopper();
        await shopper.SignInAsync(name);
        return shopper;
    }

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Runs something that needs a scope.</summary>
    public async Task<TResult> InScopeAsync<TService, TResult>(Func<TService, Task<TResult>> work)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Reads the database.</summary>
    public Task<T> ReadAsync<T>(Func<ShopDb, Task<T>> read) => InScopeAsync<ShopDb, T>(read);

    /// <summary>Writes as the shop does; what it keeps of the catalogue is let go.</summary>
    public async Task WriteAsync(Func<ShopDb, Task> unit)
    {
        await Service<ShopWriter>().RunAsync(async (db, stop) =>
        {
            await unit(db);
            return await db.SaveChangesAsync(stop);
        }, CancellationToken.None);
        await Service<CatalogueCache>().EvictAsync(CancellationToken.None);
    }

    public Task<long> UserIdAsync(string name) => ReadAsync(db => db.Users.Where(user => user.UserName == name).Select(user => user.Id).SingleAsync());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (!_isTemplate && _first is null && _database is null)
            CopyStock(Stocked.Value, DataFolder);
        builder.UseEnvironment("Development").UseContentRoot(ShopFolder.Repository);
        builder.UseSetting("Shop:DataFolder", DataFolder);
        builder.UseSetting("Ordering:SweepEvery", "1.00:00:00");
        builder.UseSetting("Accounts:PasswordIterations", "1000");
        builder.UseSetting("Serilog:MinimumLevel", "Error");
        foreach (var (key, value) in AlipaySettings().Concat(Database).Concat(Settings))
            builder.UseSetting(key, value);
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.Remove(services.Single(service => service.ImplementationType == typeof(RefundWorker)));
            services.Remove(services.Single(service => service.ImplementationType == typeof(ReconcileWorker)));
            services.Remove(services.Single(service => service.ImplementationType == typeof(WithdrawalWorker)));
            services.Remove(services.Single(service => service.ImplementationType == typeof(MoneyWatchdog)));
            ConfigureAlipay(services);
        });
    }

    /// <summary>Which Alipay the shop deals with; called once its data folder is there.</summary>
    protected virtual IReadOnlyDictionary<string, string?> AlipaySettings() => FakeAlipay.Settings(DataFolder);

    protected virtual void ConfigureAlipay(IServiceCollection services)
    {
        services.AddHttpClient(AlipayClient.Name).ConfigurePrimaryHttpMessageHandler(() => Alipay);
        services.AddHttpClient(DownloadBill.ClientName).ConfigurePrimaryHttpMessageHandler(() => Alipay);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || _isTemplate || _first is not null)
            return;
        _folder.Dispose();
        if (_database is not null)
            PostgresServer.Drop(_database);
    }

    private static ShopHost StockOnce(bool isOnPostgres)
    {
        var host = new ShopHost(isOnPostgres, isTemplate: true);
        _ = host.Services;
        host.Dispose();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools(); // or the database could not be copied
        return host;
    }

    private static void CopyStock(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "shop.db*"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
