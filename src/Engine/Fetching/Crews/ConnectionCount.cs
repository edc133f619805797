namespace Decant.Engine.Fetching.Crews;

/// <summary>Number of connections of a fetch: as many as there may be, less what the origin refused.</summary>
/// <remarks>
/// A number that follows the measured rate was no quicker over any origin (ADR 0073), and cost the beginning of
/// each fetch.
/// </remarks>
/// <param name="most">Most connections.</param>
/// <param name="first">Connections to begin with.</param>
/// <param name="time">Clock that measures.</param>
internal sealed class ConnectionCount(int most, int first, TimeProvider time)
{
    /// <summary>Bytes for which a connection of its own is worth opening, whatever the rate.</summary>
    private const long Worth = 1 << 20;

    /// <summary>Time after a refusal until the origin is asked for one connection more again: the refusal may have been an accident.</summary>
    private static readonly TimeSpan Forgiveness = TimeSpan.FromSeconds(15);

    private int _wanted = first;

    /// <summary>Number of connections that the origin refused, taken off the most there may be.</summary>
    private int _withheld;
    private long _refusedAt;
    private (long At, long Bytes)? _answered;

    public int Target => Math.Min(_wanted, most - _withheld);

    /// <summary>The first answer, or refusal, is still to come.</summary>
    public bool IsStarting => _answered is null && _withheld == 0;

    /// <summary>Looks at what has come.</summary>
    public void Observe(FetchPace pace)
    {
        var (since, before) = _answered ??= (time.GetTimestamp(), pace.Arrived);
        if (_withheld > 0 && time.GetElapsedTime(_refusedAt) >= Forgiveness)
        {
            _refusedAt = time.GetTimestamp();
            _withheld--;
        }
        _wanted = pace.IsLong(pace.Arrived - before, time.GetElapsedTime(since))
            ? most
            : Math.Max(_wanted, (int)Math.Min(most, pace.Left / Worth ?? most));
    }

    /// <summary>The origin would not have one more.</summary>
    /// <param name="stillThere">Connections that are left.</param>
    public void Refused(int stillThere)
    {
        _refusedAt = time.GetTimestamp();
        _withheld = Math.Max(_withheld, most - Math.Max(1, stillThere));
    }
}
