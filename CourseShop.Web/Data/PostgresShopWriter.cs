using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace CourseShop.Data;

/// <summary>
/// On PostgreSQL each unit has a transaction of its own, READ COMMITTED, many at once. What another one changed meanwhile (a concurrency token, a unique
/// index, a deadlock, a turn that didn't come) lets it run again from its beginning, a few times. Some connections are left for those who read.
/// </summary>
/// <param name="options">How each unit's connection is opened.</param>
/// <param name="log">Where a unit that runs again is told.</param>
/// <param name="clock">By it a unit waits before it runs again.</param>
/// <param name="jitter">How long; by chance where nobody says.</param>
public sealed class PostgresShopWriter(DbContextOptions<PostgresShopDb> options, ILogger<PostgresShopWriter> log, TimeProvider clock, Random? jitter = null) : ShopWriter
{
    private const int MostAtOnce = 24;
    private const int MostRuns = 12;
    private const int MostDuplicates = 3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private readonly PooledDbContextFactory<PostgresShopDb> _contexts = new(options);
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public override async Task<T> RunAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        if (!await _places.WaitAsync(LongestWait, stop))
            throw new ShopBusyException();
        try
        {
            for (var (run, duplicates) = (1, 0); ; run++)
            {
                var isCommitting = false;
                try
                {
                    return await RunOnceAsync(unit, () => isCommitting = true, stop);
                }
                catch (Exception failure) when (IsWorthAnotherRun(failure, isCommitting, ref duplicates))
                {
                    if (run >= MostRuns || Stopwatch.GetElapsedTime(since) > LongestWait)
                        throw IsConflict(failure) ? failure : new ShopBusyException();
                    log.LogDebug(failure, "A unit met another one and runs again");
                    await Task.Delay(TimeSpan.FromMilliseconds((jitter ?? Random.Shared).Next(1, 1 << Math.Min(run + 2, 9))), clock, stop);
                }
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<T> RunOnceAsync<T>(Func<ShopDb, CancellationToken, Task<T>> unit, Action committing, CancellationToken stop)
    {
        await using var db = await _contexts.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false; // a unit that fails begins anew
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop);
        var result = await unit(db, CancellationToken.None);
        committing();
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    /// <summary>A connection that broke while committing leaves it open whether it did: that is its caller's to find out.</summary>
    private static bool IsWorthAnotherRun(Exception failure, bool isCommitting, ref int duplicates)
    {
        if (Cause(failure) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            return ++duplicates <= MostDuplicates; // by a race it is gone the next time; else the unit means it
        return IsConflict(failure) || (!isCommitting && Cause(failure) is NpgsqlException { IsTransient: true });
    }

    private static bool IsConflict(Exception failure) => failure is DbUpdateConcurrencyException || Cause(failure) is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation
    };

    private static DbException? Cause(Exception failure) => failure as DbException ?? failure.InnerException as DbException ?? failure.InnerException?.InnerException as DbException;
}
