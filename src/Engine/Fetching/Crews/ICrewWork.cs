namespace Decant.Engine.Fetching.Crews;

/// <summary>A fetch that several connections can share.</summary>
internal interface ICrewWork
{
    /// <summary>Number of connections to begin with; more than there may be is as many as there may be.</summary>
    int First { get; }

    /// <summary>Number of connections that there should be.</summary>
    int Target { set; }

    /// <summary>A reader waits for what no connection is about to bring: that is worth one above the number.</summary>
    bool HasUrgent { get; }

    /// <summary>Pace of the fetch; null while it cannot be shared.</summary>
    FetchPace? Pace { get; }

    /// <returns>True when everything is fetched.</returns>
    bool TryFinish();

    /// <summary>Measurements of the connections, which the crew counts there.</summary>
    CrewPace Going { get; }

    /// <summary>The work of one connection, until nothing is left or it is not needed.</summary>
    /// <returns>False where it gave up and left its part to the others.</returns>
    /// <exception cref="Errors.MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    Task<bool> WorkAsync(CancellationToken cancellationToken);
}

/// <param name="Arrived">Bytes that are here.</param>
/// <param name="Left">Bytes still to come; null where nobody knows.</param>
/// <param name="Latency">Time from asking to being answered.</param>
internal readonly record struct FetchPace(long Arrived, long? Left, TimeSpan Latency)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>True where what is left will take so long that a connection that is opened now pays for itself.</summary>
    /// <param name="bytes">Bytes that came since the first answer.</param>
    /// <param name="within">Time since then.</param>
    public bool IsLong(long bytes, TimeSpan within)
    {
        var shortest = Math.Max(4 * Latency.TotalSeconds, Moment.TotalSeconds);
        return within >= Moment && (Left is null || Left * within.TotalSeconds > bytes * shortest);
    }
}
