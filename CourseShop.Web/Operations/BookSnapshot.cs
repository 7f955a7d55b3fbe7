using System.Data.Common;
using System.Globalization;
using CourseShop.Common;
using CourseShop.Data;
using CourseShop.Ordering;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Operations;

/// <summary>The books as they stand at one moment, while the shop goes on writing. What is kept in temporary tables meanwhile goes with it.</summary>
internal sealed class BookSnapshot : IAsyncDisposable
{
    private readonly ShopDb _db;
    private readonly DbTransaction _reading;
    private readonly long _now;

    private BookSnapshot(ShopDb db, DbTransaction reading, DateTimeOffset now)
    {
        _db = db;
        _reading = reading;
        _now = now.ToUnixTimeMilliseconds();
    }

    /// <summary>How this database asks its questions.</summary>
    public IDialect Dialect => _db.Dialect;

    public static async Task<BookSnapshot> TakeAsync(ShopDb db, DateTimeOffset now, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        return new(db, await db.Dialect.BeginSnapshotAsync(db.Database.GetDbConnection(), stop), now);
    }

    /// <summary>Gathers what the questions are about in temporary tables, if anything; from then on it only reads.</summary>
    public async Task SealAsync(string? gather, CancellationToken stop)
    {
        await using var command = Command($"{gather}{Dialect.SealSnapshot}");
        if (command.CommandText.Length > 0)
            await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>One row of whole numbers; null counts as 0.</summary>
    public async Task<long[]> NumbersAsync(string sql, CancellationToken stop) => (await RowsAsync(sql, 1, row => Enumerable.Range(0, row.FieldCount).Select(column => Number(row, column) ?? 0).ToArray(), stop)).Single();

    public async Task<List<T>> RowsAsync<T>(string sql, int most, Func<DbDataReader, T> read, CancellationToken stop)
    {
        await using var command = Command(sql);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<T>();
        while (found.Count < most && await rows.ReadAsync(stop))
            found.Add(read(rows));
        return found;
    }

    public static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>A fact for people, by the end of its column's name: money in fen, an instant, a step of an order; anything else as it is.</summary>
    public static string Fact(DbDataReader row, int column) => row.GetName(column) switch
    {
        var name when name.EndsWith("Fen", StringComparison.Ordinal) => new Money(Number(row, column) ?? 0).ToString(),
        var name when name.EndsWith("At", StringComparison.Ordinal) && Number(row, column) is { } ms => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToMinute(),
        var name when name.EndsWith("Step", StringComparison.Ordinal) => Number(row, column) is { } kind ? ((OrderEventKind)kind).ToString() : "—",
        _ => row.IsDBNull(column) ? "—" : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!,
    };

    public async ValueTask DisposeAsync()
    {
        await _reading.DisposeAsync();
        await _db.Database.CloseConnectionAsync();
    }

    private DbCommand Command(string sql)
    {
        var command = _reading.Connection!.CreateCommand();
        command.Transaction = _reading;
        command.CommandText = sql;
        if (sql.Contains("@now", StringComparison.Ordinal))
        {
            var now = command.CreateParameter();
            (now.ParameterName, now.Value) = ("@now", _now);
            command.Parameters.Add(now);
        }

        return command;
    }
}
