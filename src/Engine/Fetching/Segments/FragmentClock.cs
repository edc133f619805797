using System.Buffers.Binary;
using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Fetching.Segments;

/// <summary>Playing time that fragments of MP4 show as they come, in any order: a manifest can say anything of them (ADR 0042). Knows nothing of other kinds.</summary>
internal sealed class FragmentClock
{
    /// <summary>Longest time (seconds) that is believed: a fragment's own number may be any of 64 bits.</summary>
    private const double MostSeconds = 1e9;

    /// <summary>Tracks of a medium; who says more is not listened to.</summary>
    private const int MostTracks = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<uint, uint> _scales = [];
    private readonly Dictionary<uint, (ulong First, ulong Last)> _times = [];

    /// <param name="beginning">Beginning of a segment, as much of it as is here.</param>
    /// <returns>Time from the beginning of the earliest fragment to that of the latest, of the track where that is longest.</returns>
    public TimeSpan Read(ReadOnlySpan<byte> beginning)
    {
        lock (_lock)
        {
            for (var at = 0; Mp4Box.ReadCut(beginning[at..], at, beginning.Length) is { } box; at = (int)box.End)
            {
                if (box.Type == "moov")
                {
                    ReadTracks(beginning, box);
                }
                else if (box.Type == "moof")
                {
                    ReadTimes(beginning, box);
                }
            }
            var seconds = _times.Max(track =>
                _scales.TryGetValue(track.Key, out var scale)
                    ? (track.Value.Last - track.Value.First) / (double)scale
                    : (double?)0
            );
            return TimeSpan.FromSeconds(Math.Min(seconds ?? 0, MostSeconds));
        }
    }

    private void ReadTracks(ReadOnlySpan<byte> bytes, Mp4Box movie)
    {
        for (var at = movie.Body; Next(bytes, at, movie.End) is { } box; at = box.End)
        {
            if (
                box.Type == "trak"
                && Find(bytes, box, "tkhd") is { } header
                && Find(bytes, box, "mdia") is { } media
                && Find(bytes, media, "mdhd") is { } mediaHeader
                && Number(bytes, header) is { } track
                && Number(bytes, mediaHeader) is > 0 and var scale
                && _scales.Count < MostTracks
            )
            {
                _scales[track] = scale;
            }
        }
    }

    private void ReadTimes(ReadOnlySpan<byte> bytes, Mp4Box fragment)
    {
        for (var at = fragment.Body; Next(bytes, at, fragment.End) is { } box; at = box.End)
        {
            if (
                box.Type == "traf"
                && Find(bytes, box, "tfhd") is { } header
                && Word(bytes, header, Mp4Box.VersionLength) is { } track
                && Find(bytes, box, "tfdt") is { } stated
                && Time(bytes, stated) is { } time
                && _times.Count < MostTracks
            )
            {
                var (first, last) = _times.GetValueOrDefault(track, (time, time));
                _times[track] = (Math.Min(first, time), Math.Max(last, time));
            }
        }
    }

    private static Mp4Box? Find(ReadOnlySpan<byte> bytes, Mp4Box within, string type)
    {
        for (var at = within.Body; Next(bytes, at, within.End) is { } box; at = box.End)
        {
            if (box.Type == type)
            {
                return box;
            }
        }
        return null;
    }

    private static Mp4Box? Next(ReadOnlySpan<byte> bytes, long at, long end) =>
        at < end ? Mp4Box.ReadCut(bytes[(int)at..(int)end], at, end) : null;

    /// <returns>Number behind two times, which is the track's in <c>tkhd</c> and the scale in <c>mdhd</c>; null where it is not here.</returns>
    private static uint? Number(ReadOnlySpan<byte> bytes, Mp4Box header) =>
        Word(bytes, header, Mp4Box.VersionLength + (header.In(bytes) is [1, ..] ? 16 : 8));

    private static uint? Word(ReadOnlySpan<byte> bytes, Mp4Box box, int at) =>
        box.In(bytes) is var content && content.Length >= at + 4
            ? BinaryPrimitives.ReadUInt32BigEndian(content[at..])
            : null;

    private static ulong? Time(ReadOnlySpan<byte> bytes, Mp4Box stated) =>
        stated.In(bytes) switch
        {
            [1, _, _, _, .. { Length: >= 8 } time] => BinaryPrimitives.ReadUInt64BigEndian(time),
            [0, _, _, _, .. { Length: >= 4 } time] => BinaryPrimitives.ReadUInt32BigEndian(time),
            _ => null,
        };
}
