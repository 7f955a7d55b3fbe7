namespace CourseShop.Tests.Simulation;

/// <summary>A statement on its way through the server.</summary>
internal abstract class PostgresStatement(ShopProcess process, string application, int backend)
{
    public ShopProcess Process => process;

    public string Application => application;

    /// <summary>The server's process that carries it out.</summary>
    public int Backend => backend;

    public abstract bool HasEnded { get; }

    public abstract void Begin();

    public abstract bool EndsWithin(TimeSpan time);

    /// <summary>Who called goes on from here, in this very turn.</summary>
    public abstract void Answer();
}

internal sealed class PostgresStatement<T>(ShopProcess process, string application, int backend, Func<Task<T>> carryOut) : PostgresStatement(process, application, backend)
{
    private readonly TaskCompletionSource<T> _answered = new();

    public Task<T> Running { get; private set; } = null!;

    public Task<T> Answered => _answered.Task;

    public override bool HasEnded => Running.IsCompleted;

    public override void Begin() => Running = carryOut();

    public override bool EndsWithin(TimeSpan time) => Task.WaitAny([Running], time) == 0;

    public override void Answer() => _answered.SetFromTask(Running);
}
