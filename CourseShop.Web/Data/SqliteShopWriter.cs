using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>
/// On SQLite units queue for one writer, which commits them in groups: durable (synchronous=FULL) and fast. Each unit runs in a savepoint of its
/// own, so that one that fails leaves nothing behind and harms no other.
/// </summary>
public sealed class SqliteShopWriter : ShopWriter, IHostedService
{
    private const int MostUnitsPerCommit = 64;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private readonly Func<SqliteShopDb> _open;
    private readonly ILogger<SqliteShopWriter> _log;
    private readonly Channel<IUnit> _waiting = Channel.CreateUnbounded<IUnit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writing;

    /// <param name="open">Makes the writer's own context, when the first unit comes.</param>
    /// <param name="log">Where a bad moment is told.</param>
    /// <param name="scheduler">Where the writer works; on the pool's threads where nobody says.</param>
    public SqliteShopWriter(Func<SqliteShopDb> open, ILogger<SqliteShopWriter> log, TaskScheduler? scheduler = null)
    {
        _open = open;
        _log = log;
        using (ExecutionContext.SuppressFlow()) // the writer belongs to no request, not even to the one that happens to come first
            _writing = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler ?? TaskScheduler.Default).Unwrap();
    }

    public override Task<T> RunAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit, CancellationToken stop)
    {
        var waiting = new Unit<T>(unit, stop);
        return _waiting.Writer.TryWrite(waiting)
            ? waiting.Completion
            : throw new InvalidOperationException("The shop is stopping: nothing more is written.");
    }

    /// <summary>Nothing to do: units are taken from the moment the writer exists.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends after the last unit that was accepted; the units are short, so the host's patience does not matter.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return _writing;
    }

    /// <summary>A group that could not be committed stays and is tried again on a new connection, until its units have waited too long.</summary>
    private async Task WriteAsync()
    {
        var group = new List<IUnit>(MostUnitsPerCommit);
        var pause = ShortestPause;
        while (group.Count > 0 || await _waiting.Reader.WaitToReadAsync())
        {
            try
            {
                await using var db = _open();
                await db.Database.OpenConnectionAsync();
                SqliteShop.PrepareToWrite(db.Database.GetDbConnection());
                db.Database.AutoSavepointsEnabled = false;
                do
                {
                    await CommitGroupAsync(db, group);
                    pause = ShortestPause;
                }
                while (await _waiting.Reader.WaitToReadAsync());
            }
            catch (Exception failure) // whatever happened, the shop must go on writing
            {
                _log.LogError(failure, "A group of {Count} units could not be committed and is tried again", group.Count);
                Take(group);
                await Task.Delay(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Fills the group with what waits; what has waited too long is told so.</summary>
    private void Take(List<IUnit> group)
    {
        while (group.Count < MostUnitsPerCommit && _waiting.Reader.TryRead(out var unit))
            group.Add(unit);
        group.RemoveAll(unit => unit.EndsIfWaitedLongerThan(LongestWait));
    }

    private async Task CommitGroupAsync(SqliteShopDb db, List<IUnit> group)
    {
        Take(group);
        if (group.Count == 0)
            return;
        await using var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: false);
        await db.Database.UseTransactionAsync(transaction);
        foreach (var unit in group.ToList())
            await RunInSavepointAsync(db, transaction, unit, group);
        await transaction.CommitAsync();
        await db.Database.UseTransactionAsync(null);
        group.ForEach(unit => unit.Complete());
        group.Clear();
    }

    private static async Task RunInSavepointAsync(SqliteShopDb db, SqliteTransaction transaction, IUnit unit, List<IUnit> group)
    {
        const string savepoint = "unit";
        transaction.Save(savepoint);
        if (await unit.TryRunAsync(db))
        {
            transaction.Release(savepoint);
        }
        else
        {
            try
            {
                transaction.Rollback(savepoint);
            }
            catch (Exception failure) when (failure is SqliteException or InvalidOperationException) // it broke the whole transaction (disk full): it ends here, the others run again
            {
                unit.Complete();
                group.Remove(unit);
                throw;
            }
        }

        db.ChangeTracker.Clear();
    }

    private interface IUnit
    {
        Task<bool> TryRunAsync(ShopDb db);
        void Complete();
        bool EndsIfWaitedLongerThan(TimeSpan longest);
    }

    private sealed class Unit<T>(Func<ShopDb, CancellationToken, Task<T>> run, CancellationToken stop) : IUnit
    {
        private readonly long _since = Stopwatch.GetTimestamp();
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _failure;

        public Task<T> Completion => _completion.Task;

        public async Task<bool> TryRunAsync(ShopDb db)
        {
            _failure = null;
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

        public bool EndsIfWaitedLongerThan(TimeSpan longest)
        {
            var isTooLong = Stopwatch.GetElapsedTime(_since) > longest;
            return isTooLong && _completion.TrySetException(new ShopBusyException());
        }
    }
}
