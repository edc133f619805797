using Decant.Server.Data;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Cluster;

internal static class ClusterServices
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<NodeListeners>();
        builder.Services.AddSingleton<OtherNodes>();
        if (builder.UsesPostgres())
        {
            builder.Services.AddHostedService(provider => provider.GetRequiredService<OtherNodes>());
        }
    }
}
