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
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Simulation;

/// <summary>
/// One server process: the shop's real services on a database file, without its pages. Everything runs on the simulation's thread, one continuation
/// at a time, in the order that the seed says; the writer has its turn after each. A crash is to forget all of it: what is in the file stays.
/// </summary>
internal sealed class ShopProcess : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Work, object? State)> _ready = [];
    private readonly WriterTurns _writerTurns = new();
    private readonly ServiceProvider _services;
    private readonly SqliteShopWriter _writer;
    private bool _isHeld;
    private bool _hasCrashed;

    /// <param name="folder">Where the database file is.</param>
    /// <param name="clock">The simulation's.</param>
    /// <param name="gateway">The simulation's.</param>
    /// <param name="complaints">What the shop logs as an error.</param>
    /// <param name="settings">On top of the usual ones.</param>
    /// <param name="change">A planted fault.</param>
    public ShopProcess(string folder, TimeProvider clock, IPaymentGateway gateway, ILoggerFactory complaints, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? change = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(complaints).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.Configure<ShopOptions>(shop => shop.DataFolder = folder);
        services.Configure<IdentityOptions>(AccountsModule.ConfigureSchema);
        services.AddSingleton(clock);
        services.AddShopData(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddPricing().AddPromotions().AddCarts().AddPayments().AddWallets().AddOrdering().AddTips();
        services.AddSingleton(gateway);
        services.AddSingleton((IPayoutGateway)gateway);
        services.AddSingleton(FakeAlipay.Keys).AddSingleton(Options.Create(FakeAlipay.Options)).AddSharing().AddSingleton<ForgeryLimit>().AddSingleton<ReceiveNotification>();
        services.ConfigureDbContext<SqliteShopDb>(options => options.UseLoggerFactory(NullLoggerFactory.Instance));
        services.Replace(ServiceDescriptor.Singleton(NewWriter));
        change?.Invoke(services);
        _services = services.BuildServiceProvider();
        _writer = _services.GetRequiredService<SqliteShopWriter>();
    }

    public FailingStatements Statements { get; } = new();

    public bool IsReady => _ready.Count > 0;

    /// <summary>Whatever the shop awaits comes back here.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!_hasCrashed)
            _ready.Add((d, state));
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

        _writerTurns.Take();
    }

    /// <summary>Looks into the database from outside.</summary>
    public T Read<T>(Func<ShopDb, Task<T>> read)
    {
        using var scope = _services.CreateScope();
        var reading = read(scope.ServiceProvider.GetRequiredService<ShopDb>());
        Finish(reading);
        return reading.Result;
    }

    /// <summary>Writes as the shop does.</summary>
    public void Write(Func<ShopDb, Task> unit) => Finish(_writer.RunAsync(async (db, stop) =>
    {
        await unit(db);
        return await db.SaveChangesAsync(stop);
    }, CancellationToken.None));

    public void Migrate()
    {
        using var scope = _services.CreateScope();
        Finish(scope.ServiceProvider.GetRequiredService<MigrateDatabase>().RunAsync(CancellationToken.None));
    }

    /// <summary>The process is gone with everything it had in mind; no unit is half done, since the writer stands still between two steps.</summary>
    public void Crash()
    {
        _hasCrashed = true;
        _ready.Clear();
        Finish(_writer.StopAsync(CancellationToken.None));
    }

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
            _writerTurns.Take();
    }

    private SqliteShopWriter NewWriter(IServiceProvider provider)
    {
        var options = new DbContextOptionsBuilder<SqliteShopDb>()
            .UseSqlite(SqliteShop.ConnectionString(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IOptions<ShopOptions>>().Value), SqliteShop.Configure)
            .AddInterceptors(new HastyConnections(), Statements)
            .UseLoggerFactory(NullLoggerFactory.Instance)
            .UseApplicationServiceProvider(provider);
        return new SqliteShopWriter(options.Options, provider.GetRequiredService<ILogger<SqliteShopWriter>>(), _writerTurns);
    }

    private void Finish(Task task)
    {
        TakeWritersTurns();
        if (!task.IsCompleted)
            throw new InvalidOperationException("Something in the shop waits for another thread: the seed does not decide everything.");
        task.GetAwaiter().GetResult();
    }

    /// <summary>The writer's loop goes on only here.</summary>
    private sealed class WriterTurns : TaskScheduler
    {
        private readonly Queue<Task> _turns = [];

        public void Take()
        {
            var outside = SynchronizationContext.Current;
            SetSynchronizationContext(null);
            while (_turns.TryDequeue(out var turn))
                TryExecuteTask(turn);
            SetSynchronizationContext(outside);
        }

        protected override void QueueTask(Task task) => _turns.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _turns;
    }
}
