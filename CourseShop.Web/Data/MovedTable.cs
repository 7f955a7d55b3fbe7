using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace CourseShop.Data;

/// <summary>One table on its way from SQLite to PostgreSQL: the same name and columns on both sides, read in the order of its key.</summary>
internal sealed class MovedTable(ITable table)
{
    private readonly List<IColumn> _columns = [.. table.Columns];

    public string Name => table.Name;

    private string Columns => string.Join(", ", _columns.Select(column => $"\"{column.Name}\""));

    private string Ordered => $"SELECT {Columns} FROM \"{Name}\" ORDER BY {string.Join(", ", table.PrimaryKey!.Columns.Select(column => $"\"{column.Name}\""))}";

    /// <summary>Every table that both shops have, but those that are made anew from others; what others point at comes first.</summary>
    public static IReadOnlyList<MovedTable> All(ShopDb source, ShopDb target)
    {
        var known = source.Model.GetRelationalModel().Tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var waiting = target.Model.GetRelationalModel().Tables.Where(table => known.Contains(table.Name) && !SearchIndex.Tables.Contains(table.Name, StringComparer.Ordinal)).OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<MovedTable>();
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(table => table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || !waiting.Contains(key.PrincipalTable)))
                ?? throw new InvalidOperationException("Tables point at each other in a ring.");
            waiting.Remove(next);
            ordered.Add(new MovedTable(next));
        }

        return ordered;
    }

    public async Task<long> CountAsync(DbConnection connection, CancellationToken stop) => await NumberAsync(connection, $"SELECT COUNT(*) FROM \"{Name}\"", stop);

    /// <summary>All rows, in one stream.</summary>
    /// <param name="source">SQLite.</param>
    /// <param name="target">PostgreSQL.</param>
    /// <param name="arrived">Told after every row.</param>
    /// <param name="stop">Stops in the middle.</param>
    public async Task CopyAsync(DbConnection source, NpgsqlConnection target, Action arrived, CancellationToken stop)
    {
        await using var rows = await ReadAsync(source, Ordered, stop);
        await using var copy = await target.BeginBinaryImportAsync($"COPY \"{Name}\" ({Columns}) FROM STDIN (FORMAT BINARY)", stop);
        while (await rows.ReadAsync(stop))
        {
            await copy.StartRowAsync(stop);
            for (var place = 0; place < _columns.Count; place++)
            {
                if (Value(rows, place) is { } value)
                    await copy.WriteAsync(value, TypeOf(place), stop);
                else
                    await copy.WriteNullAsync(stop);
            }

            arrived();
        }

        await copy.CompleteAsync(stop);
    }

    /// <summary>The next number is one that SQLite has never given, not even to a row that is gone.</summary>
    public async Task GoOnNumberingAsync(DbConnection source, NpgsqlConnection target, CancellationToken stop)
    {
        if (table.PrimaryKey!.Columns is not [{ Name: "Id", StoreType: "bigint" or "integer" }])
            return;
        var last = Math.Max(await NumberAsync(source, $"SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{Name}'), 0)", stop), await NumberAsync(target, $"SELECT COALESCE(MAX(\"Id\"), 0) FROM \"{Name}\"", stop));
        if (last > 0)
            await NumberAsync(target, string.Create(CultureInfo.InvariantCulture, $"SELECT COALESCE(setval(pg_get_serial_sequence('\"{Name}\"', 'Id'), {last}), 0)"), stop);
    }

    /// <summary>Reads both sides again, side by side. Null: each row is the same in each column, and none is missing.</summary>
    public async Task<string?> DifferenceAsync(DbConnection source, NpgsqlConnection target, CancellationToken stop)
    {
        await using var here = await ReadAsync(source, Ordered, stop);
        await using var there = await ReadAsync(target, Ordered, stop);
        for (var row = 1L; ; row++)
        {
            var (isHere, isThere) = (await here.ReadAsync(stop), await there.ReadAsync(stop));
            if (isHere != isThere)
                return isHere ? $"row {row} is missing" : $"there is a row {row} too many";
            if (!isHere)
                return null;
            for (var place = 0; place < _columns.Count; place++)
            {
                if (!AreSame(Value(here, place), there.IsDBNull(place) ? null : there.GetValue(place)))
                    return $"row {row} differs in {_columns[place].Name}";
            }
        }
    }

    /// <summary>What SQLite holds, as PostgreSQL's column takes it.</summary>
    private object? Value(DbDataReader row, int place) => row.IsDBNull(place) ? null : TypeOf(place) switch
    {
        "bigint" => row.GetInt64(place),
        "integer" => row.GetInt32(place),
        "boolean" => row.GetInt64(place) != 0,
        "double precision" => row.GetDouble(place),
        "bytea" => row.GetFieldValue<byte[]>(place),
        "date" => DateOnly.Parse(row.GetString(place), CultureInfo.InvariantCulture),
        "text" or "character varying" or "jsonb" => WholeCharacters.Mend(row.GetString(place)),
        var other => throw new InvalidOperationException($"{Name}.{_columns[place].Name} is {other}: the move doesn't know it."),
    };

    /// <summary>The column's type, without its length.</summary>
    private string TypeOf(int place) => _columns[place].StoreType.Split('(')[0];

    private static bool AreSame(object? here, object? there) => (here, there) switch
    {
        (byte[] mine, byte[] theirs) => mine.AsSpan().SequenceEqual(theirs),
        (DateOnly day, DateTime midnight) => day.ToDateTime(TimeOnly.MinValue) == midnight,
        (string mine, string theirs) => string.Equals(mine, theirs, StringComparison.Ordinal) || AreSameJson(mine, theirs),
        _ => Equals(here, there),
    };

    /// <summary>PostgreSQL keeps what JSON says, not how it is written.</summary>
    private static bool AreSameJson(string mine, string theirs)
    {
        try
        {
            using var one = JsonDocument.Parse(mine);
            using var other = JsonDocument.Parse(theirs);
            return mine[0] == '{' && JsonElement.DeepEquals(one.RootElement, other.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<long> NumberAsync(DbConnection connection, string sql, CancellationToken stop)
    {
        await using var rows = await ReadAsync(connection, sql, stop);
        await rows.ReadAsync(stop);
        return rows.GetInt64(0);
    }

    private static async Task<DbDataReader> ReadAsync(DbConnection connection, string sql, CancellationToken stop)
    {
        var command = connection.CreateCommand(); // not disposed of here: SQLite's rows would end with it
#pragma warning disable CA2100 // the names are the model's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteReaderAsync(stop);
    }
}
