using System.Diagnostics;

namespace CourseShop.Tests.Simulation;

/// <summary>A statement on its way through the server.</summary>
internal abstract class PostgresStatement(ShopProcess process, int backend)
{
    public ShopProcess Process => process;

    /// <summary>The server's process that carries it out.</summary>
    public int Backend => backend;

    private long? _waitsSince;

    public abstract bool HasEnded { get; }

    public abstract void Begin();

    protected abstract Task Work { get; }

    public static bool OneEndsWithin(TimeSpan time, List<PostgresStatement> statements) => Task.WaitAny([.. statements.Select(statement => statement.Work)], time) >= 0;

    /// <summary>For a lock, as the server says.</summary>
    public void Note(bool waits) => _waitsSince = waits ? _waitsSince ?? Stopwatch.GetTimestamp() : null;

    public bool HasWaited(TimeSpan time) => _waitsSince is { } since && Stopwatch.GetElapsedTime(since) > time;

    /// <summary>Who called goes on from here, in this very turn.</summary>
    public abstract void Answer();
}

internal sealed class PostgresStatement<T>(ShopProcess process, int backend, Func<Task<T>> carryOut) : PostgresStatement(process, backend)
{
    private readonly TaskCompletionSource<T> _answered = new();

    public Task<T> Running { get; private set; } = null!;

    public Task<T> Answered => _answered.Task;

    public override bool HasEnded => Running.IsCompleted;

    public override void Begin() => Running = carryOut();

    protected override Task Work => Running;

    public override void Answer() => _answered.SetFromTask(Running);
}
