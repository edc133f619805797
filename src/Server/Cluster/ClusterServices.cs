using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Cluster;

internal static class ClusterServices
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OtherNodes>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<OtherNodes>());
    }
}
