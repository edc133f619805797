using System.Collections.Concurrent;
using System.Diagnostics;

namespace Decant.Engine.Children;

/// <summary>
/// Starts every child from one thread that lives as long as the process: the kernel sends a parent-death signal
/// when the starting thread ends (prctl(2), PR_SET_PDEATHSIG), and threads of the pool end whenever they like.
/// </summary>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Action> Queue = Start();

    public static Task<Process> StartAsync(ProcessStartInfo description)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(description)!);
            }
            catch (Exception failure)
                when (failure is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
            {
                started.SetException(failure);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        var queue = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var start in queue.GetConsumingEnumerable())
                start();
        })
        {
            IsBackground = true,
            Name = "children",
        };
        thread.Start();
        return queue;
    }
}
