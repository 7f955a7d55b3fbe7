using CourseShop.Data;
using CourseShop.Data.Compiled.Sqlite;
using CourseShop.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CourseShop.Tests.Data;

/// <summary>The model that the shop starts with is the one that its code describes: whoever changes the one and forgets the other hears of it here.</summary>
public sealed class CompiledModelTests : IDisposable
{
    private readonly ShopHost _shop = new();

    public void Dispose() => _shop.Dispose();

    [SqliteFact]
    public async Task It_is_the_one_that_is_used() => Assert.IsType<SqliteShopDbModel>(await _shop.ReadAsync(db => Task.FromResult(db.Model)));

    [SqliteFact]
    public async Task It_says_what_the_code_says()
    {
        var described = await _shop.ReadAsync(db => Task.FromResult(Told(db.GetService<IDesignTimeModel>().Model)));

        Assert.NotEmpty(described);
        Assert.Equal(described, Told(SqliteShopDbModel.Instance));
    }

    private static List<string> Told(IModel model) =>
    [
        .. from entity in model.GetEntityTypes()
           from said in Told(entity).Order(StringComparer.Ordinal)
           orderby entity.Name
           select $"{entity.Name}: {said}",
    ];

    private static IEnumerable<string> Told(IEntityType entity)
    {
        yield return $"table {entity.GetTableName()}";
        foreach (var property in entity.GetProperties())
        {
            yield return $"{property.Name} {property.ClrType} {property.GetColumnName()} {property.GetColumnType()} null={property.IsNullable} most={property.GetMaxLength()} "
                + $"token={property.IsConcurrencyToken} given={property.ValueGenerated} by={property.GetTypeMapping().Converter?.ProviderClrType.Name} field={property.FieldInfo?.Name}";
        }

        foreach (var key in entity.GetKeys())
            yield return $"key {string.Join(',', key.Properties.Select(property => property.Name))} primary={key.IsPrimaryKey()}";
        foreach (var index in entity.GetIndexes())
            yield return $"index {index.GetDatabaseName()} of {string.Join(',', index.Properties.Select(property => property.Name))} unique={index.IsUnique} where {index.GetFilter()}";
        foreach (var key in entity.GetForeignKeys())
            yield return $"to {key.PrincipalEntityType.Name} by {string.Join(',', key.Properties.Select(property => property.Name))} {key.DeleteBehavior} required={key.IsRequired} owns={key.IsOwnership} over {key.DependentToPrincipal?.Name}/{key.PrincipalToDependent?.Name}";
    }
}
