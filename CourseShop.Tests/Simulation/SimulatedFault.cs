using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CourseShop.Tests.Simulation;

/// <summary>A database that failed because the seed said so.</summary>
internal sealed class SimulatedFault() : Exception("The simulated database failed.")
{
    public static bool IsIn(Exception? failure) => failure is SimulatedFault || (failure?.InnerException is { } inner && IsIn(inner));
}

/// <summary>Makes one statement of the writer's fail, wherever in a unit it stands: the whole unit must leave nothing behind.</summary>
internal sealed class FailingStatements : DbCommandInterceptor
{
    private int? _left;

    /// <summary>The statement after so many others fails; null: none any more.</summary>
    public void FailAfter(int? statements) => _left = statements;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>Only a writer has a transaction.</summary>
    private void Count(DbCommand command)
    {
        if (command.Transaction is null || _left-- != 0)
            return;
        _left = null;
        throw new SimulatedFault();
    }
}

/// <summary>No simulated machine loses its power: this file need not be waited for.</summary>
internal sealed class HastyConnections : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; PRAGMA synchronous=OFF;";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}
