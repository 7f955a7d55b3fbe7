using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace CourseShop.Data;

/// <summary>One key that protects cookies and forms.</summary>
public sealed class ProtectionKey(string name, string xml)
{
    public long Id { get; private set; }
    public string Name { get; private set; } = name;
    public string Xml { get; private set; } = xml;
}

/// <summary>
/// On PostgreSQL the keys that protect cookies and forms stand in the database, so that several servers let the same people in. Those in the data folder,
/// of the time before, are taken over once. Framework code asks, which knows no waiting: so it is done in one go.
/// </summary>
/// <param name="scopes">Where a database is to be had.</param>
/// <param name="before">The keys in the data folder.</param>
internal sealed class DatabaseKeys(IServiceScopeFactory scopes, IXmlRepository before) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var keys = scope.ServiceProvider.GetRequiredService<ShopDb>().Set<ProtectionKey>();
        if (!keys.Any())
        {
            foreach (var key in before.GetAllElements())
                StoreElement(key, key.Attribute("id")?.Value ?? Guid.NewGuid().ToString());
        }

        return [.. keys.AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).ToList().Select(xml => XElement.Parse(xml))];
    }

    /// <summary>One that another server has stored meanwhile is there: that is all that is wanted.</summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var xml = element.ToString(SaveOptions.DisableFormatting);
        scope.ServiceProvider.GetRequiredService<ShopDb>().Database.ExecuteSql($"""INSERT INTO "ProtectionKeys" ("Name", "Xml") VALUES ({friendlyName}, {xml}) ON CONFLICT ("Name") DO NOTHING""");
    }
}
