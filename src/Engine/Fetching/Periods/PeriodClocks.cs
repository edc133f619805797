namespace Decant.Engine.Fetching.Periods;

/// <summary>
/// Lets the periods of a DASH programme follow one another. Each may have a clock of its own, and a demuxer that reads them joined
/// sees time jump back: of two periods of a minute it makes one.
/// </summary>
internal static class PeriodClocks
{
    /// <summary>Sound and picture do not end in the same instant, and lists of segments are rounded (seconds).</summary>
    private const double Slack = 0.5;

    /// <summary>Writes new times into the files where they need them, and nothing where time goes on by itself.</summary>
    /// <param name="paths">All streams of the programme, whole. They are moved together, so that sound and picture stay in step.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    public static Task AlignAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        Task.Run(() => Align(paths), cancellationToken);

    private static void Align(IReadOnlyList<string> paths)
    {
        var files = new List<FileStream>();
        try
        {
            foreach (var path in paths)
            {
                files.Add(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 64 << 10));
            }
            Align(files, [.. files.Select(JoinedPeriods.TryRead).OfType<JoinedPeriods>()]);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static void Align(List<FileStream> files, List<JoinedPeriods> streams)
    {
        var count = streams.Count > 0 ? streams[0].All.Count : 0;
        // What is not understood is left as it is; the verification has the last word.
        if (streams.Count != files.Count || count < 2 || streams.Exists(stream => stream.All.Count != count))
        {
            return;
        }
        double end = 0;
        for (var number = 0; number < count; number++)
        {
            var start = streams.Min(stream => stream.All[number].Start);
            var shift = number == 0 || Math.Abs(start - end) < Slack ? 0 : end - start;
            end = streams.Max(stream => stream.All[number].End) + shift;
            if (shift != 0 && !TryShift(files, streams, number, shift))
            {
                return;
            }
        }
    }

    private static bool TryShift(List<FileStream> files, List<JoinedPeriods> streams, int number, double shift)
    {
        foreach (var (file, stream) in files.Zip(streams))
        {
            if (!stream.All[number].TryShift(shift, file))
            {
                return false;
            }
            foreach (var type in stream.IndexTypes)
            {
                file.Position = type;
                file.Write("free"u8);
            }
        }
        return true;
    }
}
