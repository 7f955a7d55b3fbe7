using System.Data.Common;
using CourseShop.Data;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CourseShop.Tests.Simulation;

/// <summary>
/// A PostgreSQL database whose statements are carried out one at a time. The seed may let others go on between two statements of a unit, whose transaction is
/// open meanwhile; a statement that waits for somebody's lock is left waiting until it is let through.
/// </summary>
internal sealed class SimulatedPostgres : SimulatedDatabase
{
    private static readonly TimeSpan DeadlockTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongEnough = 3 * DeadlockTimeout;
    private static readonly TimeSpan ShortWhile = TimeSpan.FromMilliseconds(1);

    private readonly string _database;
    private readonly NpgsqlConnection _watch;
    private readonly List<PostgresStatement> _underWay = [];
    private int _processes;

    public SimulatedPostgres(string? like = null)
    {
        _database = PostgresServer.NewDatabase(like);
        _watch = new NpgsqlConnection($"{_database};Pooling=False");
        _watch.Open();
    }

    /// <summary>How to get at it when the day is over.</summary>
    public string Keep()
    {
        _watch.Dispose();
        base.Dispose();
        return _database;
    }

    /// <summary>Where one statement takes a turn, there it takes more of them to get as far.</summary>
    public override int TurnsOfADay => 1_400;

    public override ProcessDatabase Enter(ShopProcess process, Random random) => new Mine(this, process, random, $"process-{++_processes}");

    public override void Dispose()
    {
        _watch.Dispose();
        PostgresServer.Drop(_database);
        base.Dispose();
    }

    /// <summary>Statements that have ended go on where they were called, in the order in which they began.</summary>
    public override void Settle()
    {
        WaitUntilQuiet();
        foreach (var ended in _underWay.Where(statement => statement.HasEnded).ToList())
        {
            _underWay.Remove(ended);
            ended.Process.Enqueue(ended.Answer);
        }
    }

    /// <summary>False: it waits, and is answered later.</summary>
    private bool TryCarryOut(PostgresStatement statement)
    {
        statement.Begin();
        _underWay.Add(statement);
        WaitUntilQuiet();
        return statement.HasEnded && _underWay.Remove(statement);
    }

    /// <summary>Until every statement has ended, or waits for a lock, and the server has found that those who wait don't wait for each other.</summary>
    private void WaitUntilQuiet()
    {
        while (_underWay.FindAll(statement => !statement.HasEnded) is { Count: > 0 } working)
        {
            if (PostgresStatement.OneEndsWithin(working.TrueForAll(statement => statement.HasWaited(LongEnough)) ? TimeSpan.Zero : ShortWhile, working))
                continue;
            var waiting = Waiting();
            working.ForEach(statement => statement.Note(waiting.Contains(statement.Backend)));
            if (working.TrueForAll(statement => statement.HasWaited(LongEnough) && !statement.HasEnded))
                return;
        }
    }

    private HashSet<int> Waiting()
    {
        using var command = new NpgsqlCommand("SELECT pid FROM pg_locks WHERE NOT granted", _watch);
        using var rows = command.ExecuteReader();
        var waiting = new HashSet<int>();
        while (rows.Read())
            waiting.Add(rows.GetInt32(0));
        return waiting;
    }

    /// <summary>The server notices at once, and rolls back what was open.</summary>
    private void EndConnections(string application)
    {
        using var end = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1", _watch) { Parameters = { new() { Value = application } } };
        while (end.ExecuteScalar() is > 0L)
        {
            // one is still on its way out
        }
    }

    private void Forget(ShopProcess process) => _underWay.RemoveAll(statement => statement.Process == process);

    private sealed class Mine(SimulatedPostgres day, ShopProcess process, Random random, string application) : ProcessDatabase, PostgresTurns.ICarrier
    {
        private readonly string _connection = new NpgsqlConnectionStringBuilder(day._database)
        {
            ApplicationName = application,
            Options = $"-c deadlock_timeout={DeadlockTimeout.TotalMilliseconds}ms",
        }.ToString();

        private bool _isOutside;

        public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal) { ["Database:Provider"] = DataModule.Postgres, ["ConnectionStrings:Shop"] = _connection };

        public override void Tame(IServiceCollection services)
        {
            services.ConfigureDbContext<PostgresShopDb>(options => options.UseLoggerFactory(NullLoggerFactory.Instance)
                .AddInterceptors(Statements, new PostgresTurns(this)).ReplaceService<IRelationalTransactionFactory, PromptTransactions>());
            services.Replace(ServiceDescriptor.Singleton<ShopWriter>(provider => new PostgresShopWriter(
                provider.GetRequiredService<DbContextOptions<PostgresShopDb>>(), provider.GetRequiredService<ILogger<PostgresShopWriter>>(), provider.GetRequiredService<TimeProvider>(), random)));
        }

        public override void Finish(Func<Task> work)
        {
            _isOutside = true;
            try
            {
                work().GetAwaiter().GetResult();
            }
            finally
            {
                _isOutside = false;
            }
        }

        public override void LoseConnections()
        {
            NpgsqlConnection.ClearPool(new NpgsqlConnection(PostgresShop.ConnectionString(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build())));
            day.EndConnections(application);
        }

        public override void Crash(IServiceProvider services)
        {
            LoseConnections();
            day.Forget(process);
        }

        /// <summary>At once; or the seed lets others go on before it is heard; or it waits for what they hold.</summary>
        public ValueTask<T> CarryOutAsync<T>(DbConnection connection, Func<Task<T>> carryOut)
        {
            if (_isOutside)
                return new(carryOut());
            process.RequireTurn();
            var statement = new PostgresStatement<T>(process, ((NpgsqlConnection)connection).ProcessID, carryOut);
            if (!day.TryCarryOut(statement))
                return new(statement.Answered);
            if (random.Next(3) > 0)
                return new(statement.Running);
            process.Enqueue(statement.Answer);
            return new(statement.Answered);
        }
    }
}
