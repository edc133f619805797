using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>The keys that encrypt the secrets that must be read again: a ring in the database, so that all nodes have it and a backup of the database is whole.</summary>
internal static class KeyRing
{
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("decant");
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>(
                (options, provider) =>
                    options.XmlRepository = new StoredKeys(provider.GetRequiredService<IDbContextFactory<DecantDb>>())
            );
        builder.Services.AddHostedService<KeyFiles>();
        // It warns that keys lie there unencrypted: that is what the README says of the database.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    /// <summary>Takes the ring of a server of before, which had it in files under the data directory, into the database.</summary>
    private sealed class KeyFiles(IDbContextFactory<DecantDb> databases, DataDirectory directory) : StartStep
    {
        public override async Task StartingAsync(CancellationToken cancellationToken)
        {
            var folder = Path.Combine(directory.Root, "keys");
            if (!Directory.Exists(folder))
            {
                return;
            }

            var keys = Directory
                .EnumerateFiles(folder, "*.xml")
                .ToDictionary(
                    file => Path.GetFileNameWithoutExtension(file),
                    file => XElement.Load(file).ToString(SaveOptions.DisableFormatting)
                );
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.InWriteTransactionAsync(
                async token =>
                {
                    await db.PassAloneAsync("key-ring", token);
                    var known = await db.StoredKeys.Select(key => key.Name).ToListAsync(token);
                    db.StoredKeys.AddRange(
                        keys.Where(key => !known.Contains(key.Key))
                            .Select(key => new StoredKey { Name = key.Key, Xml = key.Value })
                    );
                    await db.SaveChangesAsync(token);
                },
                cancellationToken
            );
            Directory.Delete(folder, recursive: true);
        }
    }
}
