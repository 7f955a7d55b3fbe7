using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CourseShop.Data;

/// <summary>
/// Writes nouns as the model maps them, by one prepared statement and past the change tracker: for millions of rows. Their own numbers and those
/// of what they belong to are said, since nothing is read back. Belongs to one unit.
/// </summary>
internal sealed class BulkInsert<T> : IAsyncDisposable
    where T : class
{
    private readonly List<(IProperty Property, DbParameter Parameter)> _columns = [];
    private readonly DbCommand _insert;

    public BulkInsert(ShopDb unit)
    {
        var type = unit.Model.FindEntityType(typeof(T))!;
        _insert = unit.Database.GetDbConnection().CreateCommand();
        _insert.Transaction = unit.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var property in type.GetProperties())
        {
            var parameter = _insert.CreateParameter();
            parameter.ParameterName = $"@p{_columns.Count}";
            _insert.Parameters.Add(parameter);
            _columns.Add((property, parameter));
        }

        var names = string.Join(", ", _columns.Select(column => $"\"{column.Property.GetColumnName()}\""));
        _insert.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({names}) VALUES ({string.Join(", ", _columns.Select(column => column.Parameter.ParameterName))})";
        _insert.Prepare();
    }

    /// <param name="row">What is written.</param>
    /// <param name="known">Columns whose value the noun doesn't know yet, by property name.</param>
    public void Add(T row, params ReadOnlySpan<(string Property, long? Value)> known)
    {
        foreach (var (property, parameter) in _columns)
            parameter.Value = (Known(property.Name, known) is { } said ? said.Value : Value(property, row)) ?? (object)DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    public ValueTask DisposeAsync() => _insert.DisposeAsync();

    private static (string Property, long? Value)? Known(string name, ReadOnlySpan<(string Property, long? Value)> known)
    {
        foreach (var column in known)
        {
            if (column.Property == name)
                return column;
        }

        return null;
    }

    private static object? Value(IProperty property, T row)
    {
        var value = property.IsShadowProperty() ? null : property.GetGetter().GetClrValue(row);
        return value is null || property.GetTypeMapping().Converter is not { } converter ? value : converter.ConvertToProvider(value);
    }
}
