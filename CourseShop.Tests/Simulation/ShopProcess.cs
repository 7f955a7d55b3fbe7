using System.Collections.Concurrent;
using CourseShop.Accounts;
using CourseShop.Carts;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using CourseShop.Payments;
using CourseShop.Payments.Alipay;
using CourseShop.Pricing;
using CourseShop.Promotions;
using CourseShop.Publishing;
using CourseShop.Sharing;
using CourseShop.Tests.Support;
using CourseShop.Wallets;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Simulation;

/// <summary>
/// One server process: the shop's real services on a database, without its pages. Everything runs on the simulation's thread, one continuation
/// at a time, in the order that the seed says; the writer has its turn after each. A crash is to forget all of it: what is in the database stays.
/// </summary>
internal sealed class ShopProcess : SynchronizationContext
{
    private const string Elsewhere = "Something in the shop waits for another thread: the seed does not decide everything.";

    private readonly List<(SendOrPostCallback Work, object? State)> _ready = [];
    private readonly ConcurrentQueue<string> _strays = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly ProcessDatabase _database;
    private readonly ServiceProvider _services;
    private bool _isHeld;
    private bool _hasCrashed;

    /// <param name="database">The simulation's.</param>
    /// <param name="random">The simulation's.</param>
    /// <param name="clock">The simulation's.</param>
    /// <param name="gateway">The simulation's.</param>
    /// <param name="complaints">What the shop logs as an error.</param>
    /// <param name="settings">On top of the usual ones.</param>
    /// <param name="change">A planted fault.</param>
    public ShopProcess(SimulatedDatabase database, Random random, TimeProvider clock, IPaymentGateway gateway, ILoggerFactory complaints, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? change = null)
    {
        _database = database.Enter(this, random);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).AddInMemoryCollection(_database.Settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(complaints).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.Configure<ShopOptions>(shop => shop.DataFolder = database.Folder);
        services.Configure<IdentityOptions>(AccountsModule.ConfigureSchema);
        services.AddSingleton(clock);
        services.AddShopData(configuration);
        services.AddPricing().AddPromotions().AddCarts().AddPayments().AddWallets().AddOrdering().AddTips();
        services.AddSingleton(gateway);
        services.AddSingleton((IPayoutGateway)gateway);
        services.AddSingleton(FakeAlipay.Keys).AddSingleton(Options.Create(FakeAlipay.Options)).AddSharing().AddSingleton<ForgeryLimit>().AddSingleton<ReceiveNotification>();
        _database.Tame(services);
        change?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public FailingStatements Statements => _database.Statements;

    public bool IsReady => _strays.TryPeek(out var stray) ? throw new InvalidOperationException($"{Elsewhere}\n{stray}") : _ready.Count > 0;

    /// <summary>Whatever the shop awaits comes back here.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_hasCrashed)
            return;
        if (Environment.CurrentManagedThreadId == _thread)
            _ready.Add((IsOfEntityFramework(state) ? OutOfContext(() => d(state)) : d, state));
        else
            _strays.Enqueue(Environment.StackTrace);
    }

    /// <summary>What is not the shop's own goes on in a turn of its own.</summary>
    public void Enqueue(Action work) => Post(OutOfContext(work), null);

    /// <summary>For what may happen only in a turn.</summary>
    public void RequireTurn()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException(Elsewhere);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins some work in a scope of its own and goes on to its first wait.</summary>
    public Task Start(Func<IServiceProvider, Task> work)
    {
        Task? started = null;
        Within(() => started = InScopeAsync(work));
        return started!;
    }

    /// <summary>Goes on with one of the things that could go on.</summary>
    public void GoOn(Random random)
    {
        var index = random.Next(_ready.Count);
        var (work, state) = _ready[index];
        _ready.RemoveAt(index);
        Within(() => work(state));
    }

    /// <summary>What is done meanwhile reaches the writer as one group.</summary>
    public void Hold(Action meanwhile)
    {
        _isHeld = true;
        try
        {
            meanwhile();
        }
        finally
        {
            _isHeld = false;
        }

        _database.TakeTurns();
    }

    /// <summary>Looks into the database from outside.</summary>
    public T Read<T>(Func<ShopDb, Task<T>> read)
    {
        using var scope = _services.CreateScope();
        T result = default!;
        _database.Finish(async () => result = await read(scope.ServiceProvider.GetRequiredService<ShopDb>()));
        return result;
    }

    /// <summary>Writes as the shop does.</summary>
    public void Write(Func<ShopDb, Task> unit) => _database.Finish(() => _services.GetRequiredService<ShopWriter>().RunAsync(async (db, stop) =>
    {
        await unit(db);
        return await db.SaveChangesAsync(stop);
    }, CancellationToken.None));

    public void Migrate()
    {
        using var scope = _services.CreateScope();
        _database.Finish(() => scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None));
    }

    public void LoseConnections() => _database.LoseConnections();

    /// <summary>The process is gone with everything it had in mind.</summary>
    public void Crash()
    {
        _hasCrashed = true;
        _ready.Clear();
        using var scope = _services.CreateScope();
        _database.Crash(scope.ServiceProvider);
    }

    /// <summary>What doesn't care where it goes on leaves the thread when it finds a context.</summary>
    private static SendOrPostCallback OutOfContext(Action work) => _ =>
    {
        SetSynchronizationContext(null);
        work();
    };

    /// <summary>It forgot in one place to say that it doesn't care where it goes on.</summary>
    private static bool IsOfEntityFramework(object? state) => (state as Action)?.Target?.GetType().GenericTypeArguments.LastOrDefault()?.Assembly == typeof(DbContext).Assembly;

    private async Task InScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = _services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    private void Within(Action work)
    {
        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            work();
        }
        finally
        {
            SetSynchronizationContext(outside);
        }

        TakeWritersTurns();
    }

    private void TakeWritersTurns()
    {
        if (!_isHeld)
            _database.TakeTurns();
    }
}
