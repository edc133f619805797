using Decant.Server.Files;
using Decant.Server.Hosting;
using Decant.Server.Storage.S3;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Storage;

internal static class StorageServices
{
    /// <summary>Registers the storage: a bucket where the settings name one, else a directory.</summary>
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        builder.AddSettings<StorageOptions>("Storage");
        builder.AddSettings<S3Options>("Storage:S3");
        if (string.IsNullOrEmpty(builder.Configuration["Storage:S3:Bucket"]))
        {
            builder.Services.AddSingleton<LocalStorage>();
            AddMeasured<LocalStorage>(builder);
        }
        else
        {
            builder.Services.AddSingleton<S3Storage>();
            AddMeasured<S3Storage>(builder);
        }

        builder.Services.AddSingleton<StorageHealth>();
        builder.Services.AddSingleton<StorageClaim>();
        builder.Services.AddHostedService<StorageStep>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StorageClaim>());
    }

    private static void AddMeasured<TStorage>(WebApplicationBuilder builder)
        where TStorage : IStorage =>
        builder.Services.AddSingleton<IStorage>(provider => new MeasuredStorage(
            provider.GetRequiredService<TStorage>(),
            provider.GetRequiredService<TimeProvider>()
        ));
}
