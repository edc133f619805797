using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Background;

internal static class BackgroundServices
{
    public static void AddBackground(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LoopTroubles>();
        builder.Services.AddSingleton<LoopServices>();
    }
}
