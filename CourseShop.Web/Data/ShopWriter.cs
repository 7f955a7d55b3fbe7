using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>
/// The one way in which anything is written. A unit loads, lets nouns decide, and saves; it may be run again and awaits nothing outside
/// the database. On SQLite units queue for one writer, which commits them in groups: durable (synchronous=FULL) and fast. Each unit runs
/// in a savepoint of its own, so that one that fails leaves nothing behind and harms no other.
/// </summary>
public sealed class ShopWriter : IHostedService
{
    private const int MostUnitsPerCommit = 64;

    private readonly DbContextOptions<SqliteShopDb> _options;
    private readonly ILogger<ShopWriter> _log;
    private readonly Channel<IUnit> _waiting = Channel.CreateUnbounded<IUnit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    public ShopWriter(DbContextOptions<SqliteShopDb> options, ILogger<ShopWriter> log)
    {
        _options = options;
        _log = log;
        using (ExecutionContext.SuppressFlow()) // the writer belongs to no request, not even to the one that happens to come first
            _writing = Task.Run(WriteAsync);
    }

    /// <summary>Runs a unit and returns when it is on disk. What the unit throws is thrown here; a unit that has begun is not stopped.</summary>
    public Task<T> RunAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit, CancellationToken stop)
    {
        var waiting = new Unit<T>(unit, stop);
        return _waiting.Writer.TryWrite(waiting)
            ? waiting.Completion
            : throw new InvalidOperationException("The shop is stopping: nothing more is written.");
    }

    /// <summary>Nothing to do: units are taken from the moment the writer exists.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends after the last unit that was accepted.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return _writing.WaitAsync(cancellationToken);
    }

    private async Task WriteAsync()
    {
        var group = new List<IUnit>(MostUnitsPerCommit);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            try
            {
                await using var db = new SqliteShopDb(_options);
                await db.Database.OpenConnectionAsync();
                db.Database.AutoSavepointsEnabled = false;
                do
                    await CommitGroupAsync(db, group);
                while (await _waiting.Reader.WaitToReadAsync());
            }
            catch (Exception failure) when (failure is SqliteException or InvalidOperationException or DbUpdateException)
            {
                _log.LogError(failure, "A group of {Count} units could not be written; a new connection is opened", group.Count);
                group.ForEach(unit => unit.Fail(failure));
            }
        }
    }

    private async Task CommitGroupAsync(SqliteShopDb db, List<IUnit> group)
    {
        group.Clear();
        while (group.Count < MostUnitsPerCommit && _waiting.Reader.TryRead(out var unit))
            group.Add(unit);

        await using var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: false);
        await db.Database.UseTransactionAsync(transaction);
        foreach (var unit in group)
            await RunInSavepointAsync(db, transaction, unit);
        await transaction.CommitAsync();
        await db.Database.UseTransactionAsync(null);
        group.ForEach(unit => unit.Complete());
    }

    private static async Task RunInSavepointAsync(SqliteShopDb db, SqliteTransaction transaction, IUnit unit)
    {
        const string savepoint = "unit";
        transaction.Save(savepoint);
        if (await unit.TryRunAsync(db))
            transaction.Release(savepoint);
        else
            transaction.Rollback(savepoint);
        db.ChangeTracker.Clear();
    }

    private interface IUnit
    {
        Task<bool> TryRunAsync(ShopDb db);
        void Complete();
        void Fail(Exception failure);
    }

    private sealed class Unit<T>(Func<ShopDb, CancellationToken, Task<T>> run, CancellationToken stop) : IUnit
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _failure;

        public Task<T> Completion => _completion.Task;

        public async Task<bool> TryRunAsync(ShopDb db)
        {
            try
            {
                stop.ThrowIfCancellationRequested();
                _result = await run(db, CancellationToken.None);
                return true;
            }
            catch (Exception failure) // whatever a unit throws belongs to its caller, and to nobody else in the group
            {
                _failure = failure;
                return false;
            }
        }

        public void Complete()
        {
            if (_failure is null)
                _completion.TrySetResult(_result);
            else
                _completion.TrySetException(_failure);
        }

        public void Fail(Exception failure) => _completion.TrySetException(failure);
    }
}
