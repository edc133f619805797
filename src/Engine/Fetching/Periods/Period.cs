using System.Buffers.Binary;

namespace Decant.Engine.Fetching.Periods;

/// <summary>What one period of a DASH stream is of: a head, and fragments with their times.</summary>
/// <param name="timescale">Ticks a second.</param>
/// <param name="usualDuration">Of a sample, where its fragment does not say; in ticks.</param>
internal sealed class Period(uint timescale, uint usualDuration)
{
    private readonly List<FragmentTime> _times = [];
    private long _end;

    public uint UsualDuration => usualDuration;
    public bool IsEmpty => _times.Count == 0;

    /// <summary>In seconds, as its own clock says.</summary>
    public double Start => (double)_times.Min(time => time.Ticks) / timescale;

    /// <inheritdoc cref="Start"/>
    public double End => (double)_end / timescale;

    /// <param name="time">When the fragment begins.</param>
    /// <param name="duration">How long it plays, in ticks.</param>
    public void Add(FragmentTime time, long duration)
    {
        _times.Add(time);
        _end = Math.Max(_end, time.Ticks + duration);
    }

    /// <summary>Moves all its fragments.</summary>
    /// <returns>False where a time does not fit into its field.</returns>
    public bool TryShift(double seconds, FileStream file)
    {
        var ticks = (long)Math.Round(seconds * timescale);
        foreach (var time in _times)
        {
            var moved = time.Ticks + ticks;
            if (moved < 0 || !time.Is64Bit && moved > uint.MaxValue)
            {
                return false;
            }
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, moved);
            file.Position = time.Position;
            file.Write(time.Is64Bit ? bytes : bytes.AsSpan(4));
        }
        return true;
    }
}

/// <summary>When a fragment begins (its <c>tfdt</c>).</summary>
/// <param name="Position">Where in the file that is written.</param>
/// <param name="Ticks">On the clock of its period.</param>
/// <param name="Is64Bit">How it is written.</param>
internal readonly record struct FragmentTime(long Position, long Ticks, bool Is64Bit);
