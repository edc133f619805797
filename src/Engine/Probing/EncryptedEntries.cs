using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Probing;

/// <summary>Finds the sample entries of encrypted tracks in an MP4 (<c>encv</c>, <c>enca</c>; ISO/IEC 14496-12, 8.12.1), which ffprobe shows as what they would be without.</summary>
internal static class EncryptedEntries
{
    private const int MostBoxes = 20_000;

    /// <summary>Bytes of a full box's version, flags and count.</summary>
    private const int CountBytes = 8;

    private static readonly string[] Way = ["moov", "trak", "mdia", "minf", "stbl", "stsd"];

    /// <param name="probe">Probe of the file by ffprobe.</param>
    /// <param name="path">The file; its header must be there.</param>
    /// <param name="start">Position at which the media begin in it.</param>
    /// <param name="end">Position at which they end; null for the file's end.</param>
    /// <returns>The same, its encrypted streams marked.</returns>
    public static ProbedMedia Mark(ProbedMedia probe, string path, long start = 0, long? end = null)
    {
        if (!probe.FormatName.Split(',').Contains("mov"))
            return probe;
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            0
        );
        var found = new HashSet<string>();
        var left = MostBoxes;
        Walk(file, start, Math.Min(end ?? file.Length, file.Length), 0, found, ref left);
        return found.Count == 0
            ? probe
            : probe with
            {
                Streams =
                [
                    .. probe.Streams.Select(stream =>
                        stream with
                        {
                            IsEncrypted =
                                stream.IsEncrypted
                                || (stream.Kind == StreamKind.Video && found.Contains("encv"))
                                || (stream.Kind == StreamKind.Audio && found.Contains("enca")),
                        }
                    ),
                ],
            };
    }

    private static void Walk(FileStream file, long start, long end, int depth, HashSet<string> found, ref int left)
    {
        Span<byte> head = stackalloc byte[Mp4Box.LongHeadLength];
        for (var at = start; left-- > 0; )
        {
            var read = RandomAccess.Read(file.SafeFileHandle, head, at);
            if (Mp4Box.ReadCut(head[..read], at, end) is not { } box)
                return;
            if (depth == Way.Length)
                found.Add(box.Type);
            else if (box.Type == Way[depth])
                Walk(file, box.Body + (box.Type == "stsd" ? CountBytes : 0), box.End, depth + 1, found, ref left);
            at = box.End;
        }
    }
}
