using System.Globalization;
using Npgsql;
using Quartz;

namespace Decant.Server.Jobs.Queue;

/// <summary>Our words for what Quartz does: it keeps which job runs next, and nothing about the job itself.</summary>
/// <remarks>Two schedulers, each with a pool of its own: one for recordings, which last for hours, and one for all other jobs.</remarks>
internal sealed class JobQueue(ISchedulerFactory schedulers, TimeProvider time)
{
    /// <summary>The name of the scheduler that runs recordings.</summary>
    public const string Recordings = "decant-recordings";

    public static readonly JobKey Run = new("run", "jobs");

    private const string Waiting = "waiting";
    private const string Retrying = "retrying";

    /// <summary>Stands behind the job's number in the names of further triggers of the same job.</summary>
    private const char Again = '.';

    /// <summary>Triggers fire in the order of their times, so a place in the queue is a time, and always a past one: due now.</summary>
    private static readonly TimeSpan Head = TimeSpan.FromHours(1);

    /// <summary>Head start before everybody, however long they have waited: the place of jobs that were broken off.</summary>
    public static readonly TimeSpan Front = TimeSpan.FromDays(365);

    /// <summary>Step by which an account's next job stands back for each one it has waiting. Not for ever: what others send later than
    /// that comes after it.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    /// <summary>Place past which an account's jobs stand back no further.</summary>
    public static readonly int LastPlace = (int)(Head / Step);

    /// <summary>Schedule without misfires: being late is what a queue is for, and such a job runs when there is room.</summary>
    public static SimpleScheduleBuilder WheneverThereIsRoom =>
        SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires);

    /// <summary>Time after which a parked job is queued again, should nobody wake it.</summary>
    private static readonly TimeSpan ParkedFor = TimeSpan.FromSeconds(5);

    /// <summary>Queues a job, unless it is queued already.</summary>
    /// <param name="job">The job.</param>
    /// <param name="place">Number of jobs of the same account that wait before it. Everybody's first job comes before anybody's second.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public Task AddAsync(QueuedJob job, int place, CancellationToken cancellationToken)
    {
        // Strangers come after everybody who pays, until they have waited an hour longer.
        var behind = job.IsPublic ? Head : Math.Min(place, LastPlace) * Step;
        return ScheduleAsync(job, Waiting, time.GetUtcNow() - Head + behind, cancellationToken);
    }

    /// <summary>Queues a job that was broken off before everybody who waits.</summary>
    public Task AddFirstAsync(QueuedJob job, CancellationToken cancellationToken) =>
        ScheduleAsync(job, Waiting, time.GetUtcNow() - Front, cancellationToken);

    public Task AddAfterAsync(QueuedJob job, TimeSpan delay, CancellationToken cancellationToken) =>
        ScheduleAsync(job, Retrying, time.GetUtcNow() + delay, cancellationToken);

    /// <summary>Puts a job aside until <see cref="WakeNextAsync"/> says that its platform has room.</summary>
    public Task ParkAsync(QueuedJob job, string platform, CancellationToken cancellationToken) =>
        ScheduleAsync(job, Parked(platform), time.GetUtcNow() + ParkedFor, cancellationToken);

    /// <summary>Puts a job aside until a time, or until <see cref="WakeRefusedAsync"/> says that its platform answers again.</summary>
    public Task ParkAsync(QueuedJob job, string platform, DateTimeOffset until, CancellationToken cancellationToken) =>
        ScheduleAsync(job, Refused(platform), until, cancellationToken);

    /// <summary>Lets the job go ahead that has waited longest for room on a platform.</summary>
    public Task WakeNextAsync(string platform, CancellationToken cancellationToken) =>
        WakeAsync(Parked(platform), most: 1, cancellationToken);

    /// <summary>Lets all jobs go ahead that were parked because their platform refused this server.</summary>
    public Task WakeRefusedAsync(string platform, CancellationToken cancellationToken) =>
        WakeAsync(Refused(platform), PagedQuery.All, cancellationToken);

    /// <summary>Gives jobs whose wait between attempts is over the place of those that have waited longest. In a full queue their
    /// own times would come after everybody else's.</summary>
    public Task MoveOverdueAheadAsync(CancellationToken cancellationToken) =>
        MoveAheadAsync(
            new TriggerQuery
            {
                Group = GroupMatcher<TriggerKey>.GroupEquals(Retrying),
                NextFireTimeBefore = time.GetUtcNow(),
            },
            cancellationToken
        );

    /// <summary>Lets jobs run on this node.</summary>
    public async Task OpenAsync(JobsOptions most, CancellationToken cancellationToken)
    {
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            await scheduler.SetExecutionLimits(
                scheduler.SchedulerName == Recordings ? QueueLimits.OfRecordings(most) : QueueLimits.OfWorkers(most),
                cancellationToken
            );
            // Quartz looked when it started, found the queue closed, and would look again after half a minute.
            await scheduler.ResumeAll(cancellationToken);
        }
    }

    /// <summary>Has this node look for no work at all: each look takes the lock that the nodes with workers want just then.</summary>
    public async Task StandAsideAsync(CancellationToken cancellationToken)
    {
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            await scheduler.Standby(cancellationToken);
        }
    }

    /// <summary>Lets no further job run on this node.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            await scheduler.SetExecutionLimits(QueueLimits.Closed, cancellationToken);
        }
    }

    /// <summary>Tells a run, on whichever node it is, to stop.</summary>
    public async Task StopAsync(string runId, CancellationToken cancellationToken)
    {
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            await scheduler.InterruptFireInstance(runId, cancellationToken);
        }
    }

    /// <returns>The jobs that begin as soon as there is room, in the order in which they do; null for one that Quartz has under a name of
    /// its own. The shares of accounts, which may let a later one pass, are not counted in.</returns>
    public async Task<IReadOnlyList<long?>> GetLineAsync(bool isRecording, CancellationToken cancellationToken)
    {
        var scheduler = await SchedulerAsync(isRecording, cancellationToken);
        var due = await scheduler.QueryTriggers(
            new TriggerQuery
            {
                Job = Run,
                NextFireTimeBefore = time.GetUtcNow(),
                Take = PagedQuery.All,
            },
            cancellationToken
        );
        return
        [
            .. due
                .Items.OrderBy(header => header.NextFireTimeUtc)
                .ThenBy(header => header.Key.Name, StringComparer.Ordinal)
                .Select(header => IdIn(header.Key.Name)),
        ];
    }

    /// <returns>The jobs that are queued, running ones included.</returns>
    public async Task<IReadOnlySet<long>> GetQueuedAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            ids.UnionWith(await GetQueuedAsync(scheduler, cancellationToken));
        }

        return ids;
    }

    private static async Task<IReadOnlySet<long>> GetQueuedAsync(
        IScheduler scheduler,
        CancellationToken cancellationToken
    )
    {
        var triggers = await scheduler.QueryTriggers(
            new TriggerQuery { Job = Run, Take = PagedQuery.All },
            cancellationToken
        );
        var ids = triggers.Items.Select(header => IdIn(header.Key.Name)).OfType<long>().ToHashSet();
        // What is recovered after a crash has a name of Quartz's own making, and its old one inside.
        var recovered = triggers.Items.Where(header => IdIn(header.Key.Name) is null).Select(header => header.Key);
        foreach (var trigger in await scheduler.GetTriggers([.. recovered], cancellationToken))
        {
            if (IdIn(trigger.JobDataMap.GetString(SchedulerConstants.FailedJobOriginalTriggerName)) is { } id)
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static long? IdIn(string? name) =>
        long.TryParse(name?.Split(Again)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <returns>The runs that are alive, on all nodes.</returns>
    public async Task<IReadOnlySet<string>> GetRunsAsync(CancellationToken cancellationToken)
    {
        var runs = new HashSet<string>();
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            var firings = await scheduler.QueryFireInstances(
                new FireInstanceQuery { Job = Run, Take = PagedQuery.All },
                cancellationToken
            );
            runs.UnionWith(firings.Items.Select(firing => firing.FireInstanceId));
        }

        return runs;
    }

    private Task WakeAsync(string group, int most, CancellationToken cancellationToken) =>
        MoveAheadAsync(
            new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(group), Take = most },
            cancellationToken
        );

    private async Task MoveAheadAsync(TriggerQuery query, CancellationToken cancellationToken)
    {
        foreach (var scheduler in await SchedulersAsync(cancellationToken))
        {
            var found = await scheduler.QueryTriggers(query, cancellationToken);
            foreach (var header in found.Items)
            {
                if (
                    header.NextFireTimeUtc > time.GetUtcNow() - Head
                    && await scheduler.GetTrigger(header.Key, cancellationToken) is { } trigger
                )
                {
                    await scheduler.RescheduleJob(
                        header.Key,
                        trigger
                            .GetTriggerBuilder()
                            // Its run may have begun since it was found.
                            .WithIdentity(Another(header.Key.Name), header.Key.Group)
                            .StartAt(time.GetUtcNow() - Head)
                            .WithSchedule(WheneverThereIsRoom)
                            .Build(),
                        cancellationToken
                    );
                }
            }
        }
    }

    private async Task<IReadOnlyList<IScheduler>> SchedulersAsync(CancellationToken cancellationToken) =>
        [
            await SchedulerAsync(isRecording: false, cancellationToken),
            await SchedulerAsync(isRecording: true, cancellationToken),
        ];

    private async Task<IScheduler> SchedulerAsync(bool isRecording, CancellationToken cancellationToken) =>
        isRecording
            ? (await schedulers.LookupScheduler(Recordings, cancellationToken))!
            : await schedulers.GetScheduler(cancellationToken);

    private async Task ScheduleAsync(
        QueuedJob job,
        string group,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var scheduler = await SchedulerAsync(job.IsRecording, cancellationToken);
        // Padded, because Quartz lists by name and the longest parked job is to be the first of them.
        var name = job.JobId.ToString("D19", CultureInfo.InvariantCulture);
        try
        {
            // To ask Quartz to keep a trigger that is there takes the lock of the queue, which nearly no job needs.
            await scheduler.ScheduleTrigger(Trigger(name), TriggerConflict.Throw, cancellationToken);
        }
        catch (SchedulerException exception) when (IsThere(exception))
        {
            var state = await scheduler.GetTriggerState(new TriggerKey(name, group), cancellationToken);
            if (state is TriggerState.Executing or TriggerState.Complete or TriggerState.None)
            {
                // The job's run has begun, and may be the one that is about to leave. It keeps its trigger: where two runs share one, Quartz
                // forgets both as soon as the first of them ends.
                await scheduler.ScheduleTrigger(Trigger(Another(name)), TriggerConflict.Throw, cancellationToken);
            }
        }

        ITrigger Trigger(string named) =>
            TriggerBuilder
                .Create<IJob<QueuedJob>>(time)
                .WithIdentity(named, group)
                .ForJob(Run)
                .WithExecutionGroup(job.Group)
                .UsingInput(job)
                .StartAt(at)
                .WithSchedule(WheneverThereIsRoom)
                .Build();
    }

    /// <returns>A name of the same job that no trigger has.</returns>
    private static string Another(string name) => $"{name.Split(Again)[0]}{Again}{Guid.NewGuid():N}";

    private static bool IsThere(SchedulerException exception) =>
        exception is ObjectAlreadyExistsException
        || exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private static string Parked(string platform) => $"parked:{platform}";

    private static string Refused(string platform) => $"refused:{platform}";
}
