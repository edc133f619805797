using Quartz;
using Quartz.Extensibility;

namespace Decant.Server.Jobs.Queue;

/// <summary>
/// Place of a job that a restart or a node's death broke off: before everybody who waits. Quartz queues such a job anew by a trigger
/// of its own making (<c>recover_…</c>), which is due from when the run had begun.
/// </summary>
internal static class BrokenOff
{
    /// <returns>What is to be stored: at the front, if it was broken off. In the transaction that stores it; a moment later, another
    /// might have its place.</returns>
    public static IOperableTrigger PutFirst(IOperableTrigger trigger, TimeProvider time)
    {
        if (trigger.Key.Group != SchedulerConstants.DefaultRecoveryGroup)
        {
            return trigger;
        }

        var first = (IOperableTrigger)
            trigger
                .GetTriggerBuilder()
                .StartAt(time.GetUtcNow() - JobQueue.Front)
                .WithSchedule(JobQueue.WheneverThereIsRoom)
                .Build();
        first.ComputeFirstFireTimeUtc(null);
        return first;
    }
}
