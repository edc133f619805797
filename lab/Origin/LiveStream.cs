using System.Globalization;
using System.Text;

namespace Decant.Lab.Origin;

/// <summary>A playlist that moves on in real time, a segment a second, over sixty seconds of media told again and again.</summary>
internal sealed class LiveStream(TimeProvider time, TimeSpan? length, int at = 0)
{
    /// <summary>Segments that it lists at once, and begins with.</summary>
    public const int Window = 5;

    private const int Recorded = 60;

    private readonly long _started = time.GetTimestamp();
    private long _endTicks = (length ?? TimeSpan.MaxValue).Ticks;

    /// <summary>Segments that exist by now; a stream begins with a window full of them.</summary>
    public int Segments => at + Window + (int)new TimeSpan(Math.Min(Age.Ticks, EndTicks)).TotalSeconds;

    /// <summary>How long it has been on air, with the window that it began with.</summary>
    public TimeSpan OnAir => TimeSpan.FromSeconds(at + Window) + (HasEnded ? new TimeSpan(EndTicks) : Age);

    public bool HasEnded => Age.Ticks >= EndTicks;

    private TimeSpan Age => time.GetElapsedTime(_started);
    private long EndTicks => Volatile.Read(ref _endTicks);

    public void End() => Volatile.Write(ref _endTicks, Math.Min(Age.Ticks, EndTicks));

    /// <param name="fromStart">Lists every segment since the beginning, as streams that can be rewound do.</param>
    /// <param name="says">Seconds that it says of each segment.</param>
    /// <param name="addressOf">Address of a segment by its number; null for what lies beside the list.</param>
    public string Playlist(bool fromStart, double says = 1, Func<int, string>? addressOf = null)
    {
        var count = Segments;
        var first = fromStart ? at : count - Window;
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-MEDIA-SEQUENCE:{first}\n");
        text.Append(CultureInfo.InvariantCulture, $"#EXT-X-DISCONTINUITY-SEQUENCE:{first / Recorded}\n");
        text.Append(fromStart ? "#EXT-X-PLAYLIST-TYPE:EVENT\n" : "");
        for (var segment = first; segment < count; segment++)
        {
            // Where the recording starts over, its clock jumps back.
            text.Append(segment % Recorded == 0 && segment > first ? "#EXT-X-DISCONTINUITY\n" : "");
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{says:0.0###},\n");
            text.Append(addressOf?.Invoke(segment) ?? string.Create(CultureInfo.InvariantCulture, $"{segment}.ts"))
                .Append('\n');
        }

        return text.Append(HasEnded ? "#EXT-X-ENDLIST\n" : "").ToString();
    }

    public static string FileOf(int segment) =>
        string.Create(CultureInfo.InvariantCulture, $"seg{segment % Recorded:000}.ts");
}
