using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Data;

/// <summary>What encrypts the secrets that must be read again: a ring of keys, in files beside an SQLite database and in a PostgreSQL one that nodes share.</summary>
internal static class KeyRing
{
    public static void AddKeyRing(this WebApplicationBuilder builder)
    {
        var isShared = !string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Decant"));
        builder.Services.AddDataProtection().SetApplicationName("decant");
        builder
            .Services.AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider>(
                (options, provider) =>
                    options.XmlRepository = isShared
                        ? new StoredKeys(provider.GetRequiredService<IDbContextFactory<DecantDb>>())
                        : new FileSystemXmlRepository(
                            new DirectoryInfo(provider.GetRequiredService<DataDirectory>().Folder("keys")),
                            provider.GetRequiredService<ILoggerFactory>()
                        )
            );
        // It warns that keys lie there unencrypted: that is what the README says of the data directory.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
