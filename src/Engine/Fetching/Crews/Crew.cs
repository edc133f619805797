namespace Decant.Engine.Fetching.Crews;

/// <summary>The connections of one fetch: opened while they help and the origin has them, let go when they do not.</summary>
internal sealed class Crew(ICrewWork work, OriginBudget budget, string host, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    /// <summary>Interval of looks while connections are added every round trip, the wait for the first answers included.</summary>
    private static readonly TimeSpan ShortTick = TimeSpan.FromMilliseconds(5);

    /// <summary>An origin that has answered nobody by then is not looked at as often.</summary>
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(500);

    private readonly List<Task<bool>> _connections = [];

    /// <summary>Works until all is here.</summary>
    /// <exception cref="Errors.MediaException">What the first connection to fail says.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var count = new ConnectionCount(budget.Most, work.First, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var tick = Task.CompletedTask;
            var began = time.GetTimestamp();
            while (!work.TryFinish())
            {
                cancellationToken.ThrowIfCancellationRequested();
                // At most once a tick: who leaves, refused or with nothing left to do, is not replaced in the same breath.
                if (tick.IsCompleted || _connections.Count == 0)
                {
                    var pace = work.Pace;
                    if (pace is not null)
                    {
                        count.Observe(pace.Value);
                    }
                    work.Target = count.Target;
                    Fill(count.Target + (work.HasUrgent ? 1 : 0), stop.Token);
                    var isPrompt = pace is not null || time.GetElapsedTime(began) < Prompt;
                    tick = Task.Delay(isPrompt && count.IsStarting ? ShortTick : Tick, time, stop.Token);
                }
                if (await Task.WhenAny([.. _connections, tick]) is Task<bool> connection)
                {
                    _connections.Remove(connection);
                    if (!await connection)
                    {
                        count.Refused(_connections.Count);
                        work.Target = count.Target;
                    }
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(_connections)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Fill(int most, CancellationToken cancellationToken)
    {
        var joining = 0;
        if (_connections.Count == 0)
        {
            budget.TakeFirst(host);
            joining++;
        }
        while (_connections.Count + joining < most && budget.TryTakeMore(host))
        {
            joining++;
        }
        // All at once: the first one's answer may be here before this thread comes to open the second, and it must not take itself to
        // be alone.
        work.Going.Join(joining);
        for (; joining > 0; joining--)
        {
            _connections.Add(ConnectAsync(cancellationToken));
        }
    }

    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await work.WorkAsync(cancellationToken);
        }
        finally
        {
            work.Going.Leave();
            budget.Release(host);
        }
    }
}
