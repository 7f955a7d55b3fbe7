using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CourseShop.Tests.Simulation;

/// <summary>Hands every statement and every commit to somebody who carries it out when its turn comes. The rest, which waits for nobody, is done at once.</summary>
internal sealed class PostgresTurns(PostgresTurns.ICarrier carrier) : IDbCommandInterceptor, IDbConnectionInterceptor, IDbTransactionInterceptor
{
    internal interface ICarrier
    {
        /// <param name="connection">Whose server carries it out.</param>
        /// <param name="carryOut">Sends it, and waits for the answer.</param>
        ValueTask<T> CarryOutAsync<T>(DbConnection connection, Func<Task<T>> carryOut);
    }

    public async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var rows = await carrier.CarryOutAsync(command.Connection!, () => command.ExecuteReaderAsync(CancellationToken.None)).ConfigureAwait(false);
        return InterceptionResult<DbDataReader>.SuppressWithResult(eventData.CommandSource == CommandSource.SaveChanges ? rows : new PromptRows(rows)); // a save knows only PostgreSQL's own
    }

    public async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        InterceptionResult<int>.SuppressWithResult(await carrier.CarryOutAsync(command.Connection!, () => command.ExecuteNonQueryAsync(CancellationToken.None)).ConfigureAwait(false));

    public async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        InterceptionResult<object>.SuppressWithResult((await carrier.CarryOutAsync(command.Connection!, () => command.ExecuteScalarAsync(CancellationToken.None)).ConfigureAwait(false))!);

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await carrier.CarryOutAsync(transaction.Connection!, async () =>
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        return InterceptionResult.Suppress();
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        connection.Open();
        return new(InterceptionResult.Suppress());
    }

    public ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        connection.Close();
        return new(InterceptionResult.Suppress());
    }

    public ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        eventData.DataReader.Close();
        return new(InterceptionResult.Suppress());
    }
}

/// <summary>A unit that fails is rolled back at once.</summary>
internal sealed class PromptTransactions(RelationalTransactionFactoryDependencies dependencies) : RelationalTransactionFactory(dependencies)
{
    public override RelationalTransaction Create(IRelationalConnection connection, DbTransaction transaction, Guid transactionId, IDiagnosticsLogger<Microsoft.EntityFrameworkCore.DbLoggerCategory.Database.Transaction> logger, bool transactionOwned) =>
        new PromptTransaction(connection, transaction, transactionId, logger, transactionOwned, Dependencies.SqlGenerationHelper);

    private sealed class PromptTransaction(IRelationalConnection connection, DbTransaction transaction, Guid transactionId, IDiagnosticsLogger<Microsoft.EntityFrameworkCore.DbLoggerCategory.Database.Transaction> logger, bool transactionOwned, ISqlGenerationHelper sql)
        : RelationalTransaction(connection, transaction, transactionId, logger, transactionOwned, sql)
    {
        public override ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
