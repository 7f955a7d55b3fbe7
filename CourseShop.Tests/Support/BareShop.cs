using CourseShop.Accounts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Operations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CourseShop.Tests.Support;

/// <summary>Only the data of a shop that has not been opened: nothing was migrated, nothing stocked.</summary>
public sealed class BareShop : IDisposable
{
    private readonly ServiceProvider _services;

    public BareShop(string folder, string postgres)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Database:Provider"] = DataModule.Postgres, ["ConnectionStrings:Shop"] = postgres }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.Configure<ShopOptions>(shop => shop.DataFolder = folder);
        services.Configure<IdentityOptions>(AccountsModule.ConfigureSchema);
        services.AddSingleton(TimeProvider.System).AddShopData(configuration).AddScoped<CheckMoney>();
        _services = services.BuildServiceProvider();
    }

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task<T> ReadAsync<T>(Func<ShopDb, Task<T>> read) => InScopeAsync(services => read(services.GetRequiredService<ShopDb>()));

    public Task<T> WriteAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit) => _services.GetRequiredService<ShopWriter>().RunAsync(unit, CancellationToken.None);

    public Task<long> MoveAsync(string file, Action<MoveProgress>? tell = null, CancellationToken stop = default) =>
        InScopeAsync(services => ActivatorUtilities.CreateInstance<MoveToPostgres>(services).RunAsync(file, tell ?? (_ => { }), stop));

    public void Dispose() => _services.Dispose();
}

/// <summary>A lively shop in a SQLite file, whatever the suite runs on.</summary>
public sealed class SqliteLivelyShop : IAsyncLifetime
{
    public LivelyShop Shop { get; } = new(new SqliteShopHost());

    public Task InitializeAsync() => Shop.InitializeAsync();

    public Task DisposeAsync() => Shop.DisposeAsync();

    private sealed class SqliteShopHost() : ShopHost(isOnPostgres: false);
}
