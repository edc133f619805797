namespace Decant.Engine.Fetching.Crews;

/// <summary>
/// The beginning of a fetch: as many connections again as soon as those that are there have been answered, so about every
/// round trip. What fewer of them brought is measured meanwhile; whether more are worth keeping is told from it afterwards.
/// </summary>
/// <param name="first">How many it begins with.</param>
/// <param name="time">For measuring.</param>
internal sealed class SlowStart(int first, TimeProvider time)
{
    /// <summary>First number of connections for a source known to be in pieces: fewer than a browser opens for a page, so that there is room to double.</summary>
    public const int MostAtFirst = 4;

    /// <summary>Before this nothing is known of a rate.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>Least deadline for the answers to the last requests; the deadline is four times the quickest answer where that is more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Stack<(int Count, double Rate)> _passed = new();
    private long _changedAt = time.GetTimestamp();
    private Stage? _stage;
    private double _rate;

    public int Target { get; private set; } = first;

    /// <summary>Slow start has ended: there are enough connections, or the origin does not answer promptly.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Rates of smaller numbers of connections, in bytes a second; the smallest number at the bottom.</summary>
    public IEnumerable<(int Count, double Rate)> Passed => _passed.Reverse();

    /// <param name="pace">How it goes.</param>
    /// <param name="most">Connections there may be.</param>
    public void Observe(FetchPace pace, int most)
    {
        if (pace.Answered < Target)
        {
            // Before the first of the new ones brings anything.
            if (_stage is { } fewer && pace.Answered <= fewer.Count)
            {
                Measure(fewer, pace);
            }
            IsOver = time.GetElapsedTime(_changedAt) > (4 * pace.Latency) + Patience;
            return;
        }
        if (_stage is not { } stage || stage.Count < Target)
        {
            Pass();
            // Until they have been measured: as much more as there are more of them.
            _rate *= (double)Target / (_stage?.Count ?? Target);
            _stage = new Stage(Target, time.GetTimestamp(), pace.Arrived);
        }
        else
        {
            Measure(stage, pace);
        }
        IsOver = Target >= most;
        if (!IsOver && _rate > 0 && pace.IsLong(_rate))
        {
            Target = Math.Min(2 * Target, most);
            _changedAt = time.GetTimestamp();
        }
    }

    /// <summary>Counts the connections opened last from now on.</summary>
    public void End()
    {
        if (_stage?.Count < Target)
        {
            Pass();
        }
        IsOver = true;
    }

    private void Measure(Stage stage, FetchPace pace)
    {
        if (time.GetElapsedTime(stage.At) is var passed && passed >= Glance)
        {
            _rate = (pace.Arrived - stage.Arrived) / passed.TotalSeconds;
        }
    }

    private void Pass()
    {
        if (_stage is { } stage)
        {
            _passed.Push((stage.Count, _rate));
        }
    }

    /// <param name="Count">So many connections had been answered.</param>
    /// <param name="At">When the last of them was.</param>
    /// <param name="Arrived">Bytes that were here then.</param>
    private sealed record Stage(int Count, long At, long Arrived);
}
