using CourseShop.Common;
using CourseShop.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CourseShop.Tests.Simulation;

/// <summary>A SQLite file. Every statement ends at once; the writer's loop goes on only after a turn of its process.</summary>
internal sealed class SimulatedSqlite : SimulatedDatabase
{
    public SimulatedSqlite(byte[]? like = null)
    {
        if (like is not null)
            File.WriteAllBytes(Path, like);
    }

    public string Path => System.IO.Path.Combine(Folder, "shop.db");

    public override ProcessDatabase Enter(ShopProcess process, Random random) => new Mine();

    /// <summary>The file with what still stands in its log.</summary>
    public byte[] Whole()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var told = checkpoint.ExecuteReader();
            if (!told.Read() || told.GetInt64(0) != 0)
                throw new InvalidOperationException("Somebody is still busy in the file.");
        }

        return File.ReadAllBytes(Path);
    }

    public override void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        base.Dispose();
    }

    private string ConnectionString => SqliteShop.ConnectionString(new ConfigurationBuilder().Build(), new ShopOptions { DataFolder = Folder });

    private sealed class Mine : ProcessDatabase
    {
        private readonly WriterTurns _turns = new();

        public override void Tame(IServiceCollection services)
        {
            services.ConfigureDbContext<SqliteShopDb>(options => options.UseLoggerFactory(NullLoggerFactory.Instance));
            services.Replace(ServiceDescriptor.Singleton(NewWriter));
        }

        public override void TakeTurns() => _turns.Take();

        public override void Finish(Func<Task> work)
        {
            var task = work();
            _turns.Take();
            if (!task.IsCompleted)
                throw new InvalidOperationException("Something in the shop waits for another thread: the seed does not decide everything.");
            task.GetAwaiter().GetResult();
        }

        /// <summary>No unit is half done, since the writer stands still between two steps.</summary>
        public override void Crash(IServiceProvider services) => Finish(() => services.GetRequiredService<SqliteShopWriter>().StopAsync(CancellationToken.None));

        private SqliteShopWriter NewWriter(IServiceProvider provider)
        {
            var options = new DbContextOptionsBuilder<SqliteShopDb>()
                .UseSqlite(SqliteShop.ConnectionString(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IOptions<ShopOptions>>().Value), SqliteShop.Configure)
                .AddInterceptors(new HastyConnections(), Statements)
                .UseLoggerFactory(NullLoggerFactory.Instance)
                .UseApplicationServiceProvider(provider);
            return new SqliteShopWriter(() => new SqliteShopDb(options.Options), provider.GetRequiredService<ILogger<SqliteShopWriter>>(), _turns);
        }
    }

    /// <summary>The writer's loop goes on only here.</summary>
    private sealed class WriterTurns : TaskScheduler
    {
        private readonly Queue<Task> _turns = [];

        public void Take()
        {
            var outside = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            while (_turns.TryDequeue(out var turn))
                TryExecuteTask(turn);
            SynchronizationContext.SetSynchronizationContext(outside);
        }

        protected override void QueueTask(Task task) => _turns.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _turns;
    }
}
