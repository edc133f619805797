namespace Decant.Engine.Probing.Mp4;

/// <summary>Packets of a file, counted in its index. Pure.</summary>
internal static class Mp4Packets
{
    /// <param name="media">Medium as ffprobe describes it without reading it through.</param>
    /// <param name="tracks">Tracks by the file's index.</param>
    /// <returns>The same with packets; null where the two do not tell of the same streams.</returns>
    public static ProbedMedia? Of(ProbedMedia media, IReadOnlyList<Mp4Track> tracks)
    {
        // A cover has no track: it is a tag, and comes after all that have one.
        var streams = media.Streams.Where(stream => stream.Kind != StreamKind.CoverArt).ToList();
        var isSame =
            streams.Count == tracks.Count
            && streams
                .Zip(tracks)
                .All(pair => HandlerOf(pair.First.Kind) is not { } kind || kind == pair.Second.Handler)
            && streams.Index().All(stream => stream.Index == stream.Item.Index);
        return isSame
            ? media with
            {
                Streams =
                [
                    .. media.Streams.Select(stream =>
                        stream.Index < tracks.Count ? stream with { Packets = tracks[stream.Index].Packets } : stream
                    ),
                ],
            }
            : null;
    }

    private static string? HandlerOf(StreamKind kind) =>
        kind switch
        {
            StreamKind.Video => "vide",
            StreamKind.Audio => "soun",
            _ => null,
        };
}
