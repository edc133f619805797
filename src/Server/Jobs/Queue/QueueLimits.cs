using Quartz;

namespace Decant.Server.Jobs.Queue;

/// <summary>Limits of jobs at once, by account and kind.</summary>
internal static class QueueLimits
{
    /// <summary>Closes all groups: nothing runs until the node is started; on one that only answers, nothing ever does.</summary>
    public static void Close(ExecutionLimitsBuilder limits) => limits.ForDefaultGroup(0).ForOtherGroups(0);

    public static ExecutionLimits Closed =>
        ExecutionLimitsBuilder.Create().ForDefaultGroup(0).ForOtherGroups(0).Build();

    public static ExecutionLimits OfWorkers(JobsOptions most) =>
        ExecutionLimitsBuilder
            .Create()
            .ForGroupsWithPrefix(QueuedJob.AccountGroups, most.MaxWorkersPerAccount, ExecutionLimitScope.Cluster)
            .ForGroup(QueuedJob.PublicGroup, most.MaxPublic)
            .Build();

    public static ExecutionLimits OfRecordings(JobsOptions most) =>
        ExecutionLimitsBuilder
            .Create()
            .ForGroupsWithPrefix(QueuedJob.AccountGroups, most.MaxRecordingsPerAccount, ExecutionLimitScope.Cluster)
            .ForGroup(QueuedJob.PublicGroup, Math.Max(1, (int)(most.Recordings * most.PublicShare)))
            .Build();
}
