using Decant.Server.Tests.Fixture;
using Quartz;
using Quartz.Extensibility;

namespace Decant.Server.Tests.Jobs;

/// <summary>Lets a test wait for runs to have tidied up, woken by the queue whenever one has ended.</summary>
internal static class RunsEnding
{
    public static Task RunsEndedAsync(this DecantServer server) =>
        server.UntilAsync(() =>
            Task.FromResult(!Directory.EnumerateDirectories(Path.Combine(server.DataDirectory, "work")).Any())
        );

    /// <summary>Waits until something is so, and looks again whenever a run has ended.</summary>
    public static async Task UntilAsync(this DecantServer server, Func<Task<bool>> isSo)
    {
        var schedulers = await server.Get<ISchedulerFactory>().GetAllSchedulers();
        var listener = new Listener();
        foreach (var scheduler in schedulers)
        {
            scheduler.ListenerManager.AddJobListener(listener);
        }

        using var patience = new CancellationTokenSource(Quiet.Patience);
        while (!await isSo())
        {
            await listener.Ended.WaitAsync(patience.Token);
        }

        foreach (var scheduler in schedulers)
        {
            scheduler.ListenerManager.RemoveJobListener(listener.Name);
        }
    }

    private sealed class Listener : IJobListener
    {
        public string Name { get; } = Guid.NewGuid().ToString();

        public SemaphoreSlim Ended { get; } = new(0);

        public ValueTask JobWasExecuted(
            IJobExecutionContext context,
            JobExecutionException? jobException,
            CancellationToken cancellationToken = default
        )
        {
            Ended.Release();
            return ValueTask.CompletedTask;
        }
    }
}
