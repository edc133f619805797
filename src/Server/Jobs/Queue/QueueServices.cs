using Decant.Server.Data;
using Decant.Server.Jobs.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Npgsql;
using Quartz;

namespace Decant.Server.Jobs.Queue;

internal static class QueueServices
{
    /// <summary>Registers Quartz: a scheduler for the workers and one for the recordings, in the same store.</summary>
    public static void AddQueue(this WebApplicationBuilder builder)
    {
        // Read here, not from options: Quartz wants its pools' sizes before there is a container. Checked with the others.
        var jobs = builder.Configuration.GetSection("Jobs").Get<JobsOptions>() ?? new JobsOptions();
        var connection = PostgresConnection.Of(builder.Configuration);
        if (connection is null)
        {
            builder.Services.AddHostedService<QueueFile>();
        }

        var store = connection is null
            ? new QueueStore(QueueFile.Connection(builder), IsCluster: false)
            : new QueueStore(connection, IsCluster: true);
        builder.AddQuartz(quartz => Configure(quartz, "decant", jobs.Workers, jobs, store));
        builder.AddQuartz(
            JobQueue.Recordings,
            quartz => Configure(quartz, JobQueue.Recordings, jobs.Recordings, jobs, store)
        );
        builder.AddQuartzHostedService(hosted =>
        {
            hosted.WaitForJobsToComplete = true;
            hosted.AwaitApplicationStarted = false;
        });
    }

    private static void Configure(IQuartzBuilder quartz, string name, int atOnce, JobsOptions jobs, QueueStore queue)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = name;
            // A lone server finds what it was killed in by its own name; nodes of a cluster need one each.
            scheduler.GenerateInstanceId = queue.IsCluster;
            if (queue.IsCluster)
            {
                // How long a job queued by another node may go unnoticed.
                scheduler.IdleWaitTime = jobs.LookEvery;
            }

            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(Math.Max(1, atOnce));
        quartz.UseExecutionLimits(QueueLimits.Close);
        quartz.UsePersistentStore(store =>
        {
            store.ProvisionSchema();
            store.ConfigureStore(options => options.RecoverFiringsCancelledByShutdown = true);
            // The driver before the database, which brings one of its own where none is named yet.
            if (!queue.IsCluster)
            {
                store.UseDriverDelegate(services => new SqliteQueueDriver(Time(services)));
                store.UseSqlite(SqliteFactory.Instance, queue.Connection);
            }
            else
            {
                store.UseDriverDelegate(services => new PostgresQueueDriver(Time(services)));
                // A new trigger is a row that nobody else has: it need not wait for the lock that all nodes' looks take.
                store.ConfigureStore(options => options.LockOnInsert = false);
                store.UsePostgres(NpgsqlFactory.Instance, queue.Connection);
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = TimeSpan.FromSeconds(1);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2);
                });
            }
        });
        quartz.AddJob<RunJob>(job => job.WithIdentity(JobQueue.Run).StoreDurably().RequestRecovery());
    }

    private static TimeProvider Time(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    private sealed record QueueStore(string Connection, bool IsCluster);
}
