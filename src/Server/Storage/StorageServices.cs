using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Storage;

internal static class StorageServices
{
    public static void AddStorage(this WebApplicationBuilder builder) => builder.Services.AddSingleton<LocalStorage>();
}
