using CourseShop.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CourseShop.Tests.Simulation;

/// <summary>The one database of a day, which outlives every process: a SQLite file, or a PostgreSQL database.</summary>
internal abstract class SimulatedDatabase : IDisposable
{
    private readonly ShopFolder _folder = new();

    public string Folder => _folder.Path;

    /// <summary>In which so much happens that everything meets.</summary>
    public virtual int TurnsOfADay => 700;

    /// <summary>With the small shop in it that every day begins with.</summary>
    public static SimulatedDatabase Stocked(bool onPostgres) => onPostgres ? new SimulatedPostgres(SimulatedStock.Database.Value) : new SimulatedSqlite(SimulatedStock.File.Value);

    /// <summary>For one more process.</summary>
    public abstract ProcessDatabase Enter(ShopProcess process, Random random);

    /// <summary>Returns when nothing happens in the database by itself any more: what goes on waits for a turn that only the seed gives.</summary>
    public virtual void Settle()
    {
    }

    public virtual void Dispose() => _folder.Dispose();
}

/// <summary>What one process has of the database.</summary>
internal abstract class ProcessDatabase
{
    /// <summary>How the process finds it.</summary>
    public virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal);

    public FailingStatements Statements { get; } = new();

    /// <summary>What the seed decides instead of threads and sockets.</summary>
    public abstract void Tame(IServiceCollection services);

    /// <summary>The writer has its turn, where there is one.</summary>
    public virtual void TakeTurns()
    {
    }

    /// <summary>Work from outside of the process, to its end at once.</summary>
    public abstract void Finish(Func<Task> work);

    /// <summary>The process goes on, and what its connections were at is lost, where there are any to lose.</summary>
    public virtual void LoseConnections()
    {
    }

    /// <summary>The process is gone with everything it had in mind.</summary>
    public abstract void Crash(IServiceProvider services);
}
