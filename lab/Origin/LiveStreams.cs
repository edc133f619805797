using System.Collections.Concurrent;

namespace Decant.Lab.Origin;

/// <summary>The live streams that somebody has opened. Each begins when it is first asked for.</summary>
public sealed class LiveStreams
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, LiveStream> _streams = new(StringComparer.Ordinal);

    internal LiveStreams(TimeProvider time) => _time = time;

    /// <summary>Ends a stream: its playlist gets its last line, and players stop after what is in it.</summary>
    public void End(string name) => Open(name, null).End();

    /// <summary>Begins a stream that nobody has asked for yet.</summary>
    public void Begin(string name) => Open(name, null);

    /// <summary>Number of the segments that a stream has by now, from its first on.</summary>
    public int SegmentsOf(string name) => Open(name, null).Segments;

    internal bool HasBegun(string name) => _streams.ContainsKey(name);

    internal bool HasEnded(string name) => _streams.TryGetValue(name, out var stream) && stream.HasEnded;

    /// <param name="name">Name of the stream.</param>
    /// <param name="length">Length after which it ends; null for never. Counts for whoever opens it first.</param>
    /// <param name="at">Number of the segment that it begins with; likewise.</param>
    internal LiveStream Open(string name, TimeSpan? length, int at = 0) =>
        _streams.GetOrAdd(name, _ => new LiveStream(_time, length, at));
}
