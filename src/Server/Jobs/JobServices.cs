using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Endpoints;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Runs;
using Decant.Server.Jobs.Transitions;
using Decant.Server.Jobs.Views;
using Decant.Server.Jobs.Watching;
using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Jobs;

internal static class JobServices
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<JobsOptions>("Jobs");
        services.AddSingleton<JobQueue>();
        services.AddSingleton<QueuePlaces>();
        services.AddSingleton<QueueLooks>();
        services.AddSingleton<PlatformWakeUps>();
        services.AddSingleton<JobTransitions>();
        services.AddSingleton<JobClaims>();
        services.AddSingleton<JobEndings>();
        services.AddSingleton<JobStopping>();
        services.AddSingleton<LiveWait>();
        services.AddSingleton<JobChanges>();
        services.AddSingleton<INodeListener>(provider => provider.GetRequiredService<JobChanges>());
        services.AddSingleton<JobHandOver>();
        services.AddSingleton<PublicQueue>();
        services.AddSingleton<WaitingRoom>();
        services.AddSingleton<RunsHere>();
        services.AddSingleton<QueueNotice>();
        services.AddSingleton<INodeListener>(provider => provider.GetRequiredService<QueueNotice>());
        services.AddHostedService(provider => provider.GetRequiredService<QueueNotice>());
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobViews>();
        services.AddSingleton<RunWork>();
        services.AddSingleton<RunLength>();
        services.AddSingleton<RunProgresses>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<JobDelivery>();
        services.AddSingleton<RunFailures>();
        services.AddSingleton<PlatformParking>();
        services.AddSingleton<JobRun>();
        services.AddSingleton<RunDirectories>();
        services.AddHostedService<LeftRunsRemoval>();
        builder.AddQueue();
        services.AddHostedService<QueueOpening>();
        services.AddHostedService(provider => provider.GetRequiredService<PlatformWakeUps>());
        services.AddHostedService(provider => provider.GetRequiredService<QueueLooks>());
        services.AddHostedService<JobSweep>();
        services.AddHostedService<JobRetention>();
        services.AddSingleton<JobFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<JobFeed>());
        services.AddSingleton<WatchJobs>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<JobPatience>();
    }
}
