using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>A key of the ring that secrets are encrypted with, for nodes that share nothing but the database.</summary>
internal sealed class StoredKey
{
    public long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>XML, as the framework writes it.</summary>
    public required string Xml { get; init; }
}

/// <summary>The ring in the database.</summary>
internal sealed class StoredKeys(IDbContextFactory<DecantDb> databases) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        return [.. db.StoredKeys.Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        db.StoredKeys.Add(new StoredKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
