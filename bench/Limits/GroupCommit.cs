using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace CourseShop.Bench;

internal sealed record Trade(string NotifyId, string OutTradeNo, string TradeNo, string Status, string Buyer);

internal sealed record Wish(long UserId, long CourseId, long TermId, string Key);

/// <summary>Writes what a notification or a checkout leaves in the database.</summary>
internal interface IRowWriter
{
    Task<string> RunAsync(Trade trade);

    Task<string> RunAsync(Wish wish);
}

/// <summary>One connection, one writer; what waits is committed together, each unit in a savepoint, synchronous=FULL.</summary>
internal abstract class GroupCommit : IRowWriter
{
    private const int MostUnits = 64;
    private readonly Channel<Unit> _waiting = Channel.CreateUnbounded<Unit>(new UnboundedChannelOptions { SingleReader = true });

    protected GroupCommit(string database)
    {
        Connection = new SqliteConnection($"Data Source={database};Foreign Keys=True");
        Connection.Open();
        using var prepare = Connection.CreateCommand();
        prepare.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;";
        prepare.ExecuteNonQuery();
    }

    protected SqliteConnection Connection { get; }

    public Task<string> RunAsync(Trade trade) => EnqueueAsync(transaction => Write(transaction, trade));

    public Task<string> RunAsync(Wish wish) => EnqueueAsync(transaction => Write(transaction, wish));

    protected void Start() => _ = Task.Run(WriteAsync);

    protected abstract string Write(SqliteTransaction transaction, Trade trade);

    protected abstract string Write(SqliteTransaction transaction, Wish wish);

    protected abstract void Begin(SqliteTransaction transaction);

    protected abstract void Clear();

    private Task<string> EnqueueAsync(Func<SqliteTransaction, string> write)
    {
        var unit = new Unit(write);
        _waiting.Writer.TryWrite(unit);
        return unit.Completion.Task;
    }

    private async Task WriteAsync()
    {
        var group = new List<Unit>(MostUnits);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (group.Count < MostUnits && _waiting.Reader.TryRead(out var unit))
                group.Add(unit);
            using (var transaction = Connection.BeginTransaction(deferred: false))
            {
                Begin(transaction);
                foreach (var unit in group)
                    Run(transaction, unit);
                transaction.Commit();
            }

            group.ForEach(unit => unit.Complete());
            group.Clear();
        }
    }

    private void Run(SqliteTransaction transaction, Unit unit)
    {
        transaction.Save("unit");
        try
        {
            unit.Result = unit.Write(transaction);
            transaction.Release("unit");
        }
        catch (Exception failure) // a unit that fails harms no other
        {
            unit.Failure = failure;
            transaction.Rollback("unit");
        }

        Clear();
    }

    private sealed class Unit(Func<SqliteTransaction, string> write)
    {
        public Func<SqliteTransaction, string> Write { get; } = write;
        public TaskCompletionSource<string> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public string Result { get; set; } = "";
        public Exception? Failure { get; set; }

        public void Complete()
        {
            if (Failure is null)
                Completion.SetResult(Result);
            else
                Completion.SetException(Failure);
        }
    }
}
