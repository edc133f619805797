using Decant.Server.Cluster;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Decant.Server.Jobs.Ending;
using Decant.Server.Jobs.Endpoints;
using Decant.Server.Jobs.Intake;
using Decant.Server.Jobs.Queue;
using Decant.Server.Jobs.Runs;
using Decant.Server.Jobs.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace Decant.Server.Jobs;

internal static class JobServices
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<JobsOptions>("Jobs");
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobTransitions>();
        services.AddSingleton<JobClaims>();
        services.AddSingleton<JobEndings>();
        services.AddSingleton<JobStopping>();
        services.AddSingleton<LiveWait>();
        services.AddSingleton<JobChanges>();
        services.AddSingleton<INodeListener>(provider => provider.GetRequiredService<JobChanges>());
        services.AddSingleton<JobHandOver>();
        services.AddSingleton<PublicQueue>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobViews>();
        services.AddSingleton<RunWork>();
        services.AddSingleton<JobDelivery>();
        services.AddSingleton<RunFailures>();
        services.AddSingleton<PlatformParking>();
        services.AddSingleton<JobRun>();
        services.AddSingleton<RunDirectories>();
        services.AddHostedService<LeftRunsRemoval>();
        builder.AddQueue();
        services.AddHostedService<JobSweep>();
        services.AddHostedService<JobRetention>();
        services.AddSingleton<JobFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<JobFeed>());
        services.AddSingleton<WatchJobs>();
    }

    private static void AddQueue(this WebApplicationBuilder builder)
    {
        // Read here, not from options: Quartz wants its pool's size before there is a container. Checked with the others.
        var jobs = builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
        var connection = builder.Configuration.GetConnectionString("Decant");
        var isCluster = !string.IsNullOrWhiteSpace(connection);
        if (!isCluster)
        {
            builder.Services.AddHostedService<QueueFile>();
        }

        builder.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "decant";
                // A lone server finds what it was killed in by its own name; nodes of a cluster need one each.
                scheduler.GenerateInstanceId = isCluster;
                if (isCluster)
                {
                    // How long a job queued by another node may go unnoticed.
                    scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);
                }

                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultThreadPool(Math.Max(1, jobs.Workers));
            quartz.UseExecutionLimits(
                (provider, limits) =>
                {
                    var most = provider.GetRequiredService<IOptions<JobsOptions>>().Value;
                    limits
                        .ForGroupsWithPrefix(QueuedJob.AccountGroups, most.MaxPerAccount, ExecutionLimitScope.Cluster)
                        .ForGroup(QueuedJob.PublicGroup, most.MaxPublic);
                }
            );
            quartz.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                store.ConfigureStore(options => options.RecoverFiringsCancelledByShutdown = true);
                if (!isCluster)
                {
                    store.UseSqlite(SqliteFactory.Instance, QueueFile.Connection(builder));
                }
                else
                {
                    store.UsePostgres(NpgsqlFactory.Instance, connection!);
                    store.UseClustering(cluster =>
                    {
                        cluster.CheckinInterval = TimeSpan.FromSeconds(1);
                        cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2);
                    });
                }
            });
            quartz.AddJob<RunJob>(job => job.WithIdentity(JobQueue.Run).StoreDurably().RequestRecovery());
        });
        builder.AddQuartzHostedService(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.AwaitApplicationStarted = false;
        });
    }
}
