namespace Decant.Engine.Fetching.Files;

/// <summary>The part of a file that one connection is bringing. Its end may come nearer while it does.</summary>
internal sealed class RangeClaim(long start, long end)
{
    private long _position = start;
    private long _end = end;

    /// <summary>The first byte that was asked for.</summary>
    public long Start { get; } = start;

    /// <summary>The next byte to come.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Position after the last byte to come.</summary>
    public long End => Volatile.Read(ref _end);

    public long Left => Math.Max(0, End - Position);

    public void MoveTo(long position) => Volatile.Write(ref _position, position);

    /// <summary>The origin sends all of the file whatever it is asked for.</summary>
    public void StartOver()
    {
        Volatile.Write(ref _position, 0);
        Volatile.Write(ref _end, long.MaxValue);
    }

    public void ShortenTo(long end) => Volatile.Write(ref _end, end);
}
