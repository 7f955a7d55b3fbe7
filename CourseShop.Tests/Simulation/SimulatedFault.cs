using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CourseShop.Tests.Simulation;

/// <summary>A database that failed because the seed said so.</summary>
internal sealed class SimulatedFault() : IOException("The simulated database failed.")
{
    /// <summary>Or a connection that was ended: nothing else in a simulation can be cut off.</summary>
    public static bool IsIn(Exception? failure) => failure is IOException or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown } || (failure?.InnerException is { } inner && IsIn(inner));
}

/// <summary>Makes one statement of the writer's fail, wherever in a unit it stands: the whole unit must leave nothing behind. Or it is done, and only its answer is lost.</summary>
internal sealed class FailingStatements : DbCommandInterceptor, IDbTransactionInterceptor
{
    private int? _left;

    /// <summary>The statement after so many others fails; null: none any more.</summary>
    public void FailAfter(int? statements) => _left = statements;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsTime(command.Transaction))
            throw new SimulatedFault();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (IsTime(command.Transaction))
            throw new SimulatedFault();
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>As PostgreSQL's client tells that a connection broke.</summary>
    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        IsTime(transaction) ? throw new NpgsqlException("No answer to a commit.", new SimulatedFault()) : Task.CompletedTask;

    /// <summary>Only a writer has a transaction.</summary>
    private bool IsTime(DbTransaction? transaction)
    {
        if (transaction is null || _left-- != 0)
            return false;
        _left = null;
        return true;
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
