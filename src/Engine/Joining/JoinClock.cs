using Decant.Engine.Fetching;

namespace Decant.Engine.Joining;

/// <summary>
/// Lets parts follow one another on one clock. Those of several sources that are played together (a picture and its sound) are moved
/// together, so that they stay in step.
/// </summary>
internal sealed class JoinClock
{
    /// <summary>Sound and picture do not end in the same instant, and manifests round.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    private readonly List<TimeSpan> _starts = [TimeSpan.Zero];
    private readonly List<TimeSpan> _bases = [];
    private readonly List<bool> _areTogether = [];

    /// <param name="sources">The parts of each source.</param>
    /// <returns>One for each source; the same for all where they are in as many parts.</returns>
    public static IReadOnlyList<JoinClock> Of(IReadOnlyList<IReadOnlyList<ITimedPart>> sources)
    {
        if (sources.Any(parts => parts.Count != sources[0].Count))
        {
            // Their later parts have nothing to do with each other; all begin as far apart as they say.
            var firsts = sources.Select(parts => parts[0]).ToList();
            TimeSpan? origin = AreTogether(firsts) ? firsts.Min(part => part.Start) : null;
            return [.. sources.Select(parts => new JoinClock([parts], origin))];
        }
        var common = new JoinClock(sources);
        return [.. sources.Select(_ => common)];
    }

    private JoinClock(IReadOnlyList<IReadOnlyList<ITimedPart>> sources, TimeSpan? origin = null)
    {
        for (var number = 0; number < sources[0].Count; number++)
        {
            var parts = sources.Select(source => source[number]).ToList();
            var first = (number == 0 ? origin : null) ?? parts.Min(part => part.Start);
            _bases.Add(first);
            _areTogether.Add(AreTogether(parts));
            var length = parts.Max(part => part.End - (_areTogether[^1] ? first : part.Start));
            _starts.Add(_starts[^1] + (number + 1 < sources[0].Count ? Step(sources, number, length) : length));
        }
    }

    private static bool AreTogether(List<ITimedPart> parts) =>
        parts.Max(part => part.Start) - parts.Min(part => part.Start) < parts.Min(part => part.Reach);

    /// <summary>Starts of the parts, and the end of the last.</summary>
    public IReadOnlyList<TimeSpan> Starts => _starts;

    /// <summary>Time at which a source's part begins to play.</summary>
    public TimeSpan StartOf(ITimedPart part, int number) =>
        _starts[number] + (_areTogether[number] ? part.Start - _bases[number] : TimeSpan.Zero);

    /// <summary>Time from the start of a part to that of the next, by their clocks where time goes on by itself.</summary>
    private TimeSpan Step(IReadOnlyList<IReadOnlyList<ITimedPart>> sources, int number, TimeSpan length)
    {
        var step = sources.Min(source => source[number + 1].Start) - _bases[number];
        if (!_areTogether[number] || step <= TimeSpan.Zero || (step - length).Duration() >= Slack)
            return length;
        // Frames of sound do not end where a period does: the next begins after the last of them.
        var overlap = sources.Max(source => source[number].End - source[number + 1].Start);
        return overlap > TimeSpan.Zero ? step + overlap : step;
    }
}
