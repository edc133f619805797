using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine.Joining;

/// <summary>The picture or the sound of a medium in parts: runs of parts of one coding.</summary>
/// <param name="Source">The source that has it.</param>
/// <param name="Runs">Runs in order; a single one can be copied.</param>
internal sealed record JoinTrack(int Source, IReadOnlyList<JoinRun> Runs)
{
    public bool IsCopied => Runs.Count == 1;

    public IEnumerable<ProbedStream> Streams => Runs.Select(run => run.Stream).OfType<ProbedStream>();

    /// <summary>The largest picture of the parts.</summary>
    public PictureSize Size =>
        Streams.Select(VideoTreatment.SizeOf).OfType<PictureSize>().MaxBy(size => (long)size.Width * size.Height);

    /// <summary>The highest rate (Hz) of the parts.</summary>
    public int SampleRate => Streams.Max(stream => stream.SampleRate ?? 0) is > 0 and var rate ? rate : 48_000;

    /// <summary>The most channels of the parts.</summary>
    public int Channels => Streams.Max(stream => stream.Channels ?? 0) is > 0 and var channels ? channels : 2;

    /// <param name="source">Number of the source.</param>
    /// <param name="parts">Parts of the source.</param>
    /// <param name="streamOf">Finds the stream in a part.</param>
    /// <returns>Null where no part has one.</returns>
    public static JoinTrack? Of(
        int source,
        IReadOnlyList<MeasuredPart> parts,
        Func<ProbedMedia, ProbedStream?> streamOf
    )
    {
        var runs = new List<JoinRun>();
        string? coding = null;
        for (var number = 0; number < parts.Count; number++)
        {
            var stream = streamOf(parts[number].Media);
            // Runs are opened as one file each: the stream must be in the same place in all of them.
            var now = stream is null ? null : $"{stream.Index}|{Coding.Of(stream)}";
            // A picture can be shown from a key frame on: what lies before its period is cut by encoding.
            var isCut = stream?.Kind == StreamKind.Video && parts[number].Lead > TimeSpan.Zero;
            if (runs.Count > 0 && now == coding && !isCut)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new JoinRun(number, 1, stream));
            }
            coding = now;
        }
        return runs.Exists(run => run.Stream is not null) ? new JoinTrack(source, runs) : null;
    }
}

/// <param name="First">Number of its first part.</param>
/// <param name="Count">Parts in it.</param>
/// <param name="Stream">Stream as the first part has it; null where these parts have none.</param>
internal sealed record JoinRun(int First, int Count, ProbedStream? Stream);
