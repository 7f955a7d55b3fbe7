using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>
/// A question of nearly every page, answered by one row. It goes past EF, whose part in it would cost more than the answer, and its statement stays prepared
/// with the connection. Everything else is asked through EF.
/// </summary>
/// <param name="sql">In words that both databases understand.</param>
/// <param name="names">What the values are called in it.</param>
public sealed class KeptQuestion(string sql, params string[] names)
{
    /// <param name="db">The page's own.</param>
    /// <param name="read">The row.</param>
    /// <param name="stop">The page is not wanted any more.</param>
    /// <param name="values">As the database keeps them: instants as unix milliseconds.</param>
    public async Task<T> AskAsync<T>(ShopDb db, Func<DbDataReader, T> read, CancellationToken stop, params object[] values)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = db.Dialect.Again(db.Database.GetDbConnection(), sql);
            for (var place = 0; place < names.Length; place++)
                Give(command, place, values[place]);
            await using var row = await command.ExecuteReaderAsync(stop);
            return await row.ReadAsync(stop) ? read(row) : throw new InvalidOperationException("A kept question has one row for an answer.");
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private void Give(DbCommand command, int place, object value)
    {
        if (place < command.Parameters.Count)
        {
            command.Parameters[place].Value = value;
            return;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = names[place];
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
