using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Joining;

/// <summary>
/// Joins the parts of a medium (between HLS discontinuities, of several maps, DASH periods) into one file with one clock: by copying
/// where one header can say it, else by encoding at the best of the parts. <c>docs/adr/0035</c>.
/// </summary>
internal sealed partial class PartJoin(EngineOptions options, Ffprobe ffprobe, ILogger<PartJoin> logger)
{
    /// <summary>Most runs of parts, each of which differs from the one before it, that are open at the same time.</summary>
    private const int MostRuns = 60;

    private const long MaxMemory = 6L << 30;

    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = 2 };

    /// <param name="sources">Parts of each source, in order; a source with a single part may stand beside others.</param>
    /// <param name="request">Request that the medium is made for.</param>
    /// <param name="path">The file to make; lists are written beside it.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg.</param>
    /// <exception cref="MediaException"><c>source_failed</c> where a part is no media; <c>unsupported_url</c> where the parts change too often; <c>overloaded</c>, <c>too_large</c>.</exception>
    public async Task JoinAsync(
        IReadOnlyList<IReadOnlyList<SourcePart>> sources,
        OutputRequest request,
        string path,
        CancellationToken cancellationToken
    )
    {
        var measured = PartPlaces.Of(await MeasureAsync(sources, cancellationToken));
        foreach (var part in measured.SelectMany(parts => parts))
            Protection.Refuse(part.Media, request.Container.IsAudio, format: null);
        var picture = request.Container.IsAudio ? null : Track(measured, media => media.Video);
        var sound = Track(measured, media => media.AudioIn(request.AudioLanguage), last: true);
        Refuse(picture);
        Refuse(sound);
        var (written, lists) = (0, new List<string>());
        var arguments = new JoinArguments(JoinClock.Of(measured), measured, Write);
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                options.FfmpegPath,
                arguments.Build(picture, request.VideoCodec ?? CodecOf(request.Container), sound, path)
            )
            {
                Access = FfmpegAccess.To(
                    options,
                    sources.SelectMany(parts => parts).Select(part => Path.GetDirectoryName(part.Path)!).Distinct()
                ),
                WorkingDirectory = Path.GetDirectoryName(path)!,
                MaxMemory = MaxMemory,
                MaxProcessorTime = EncodingTime.ToJoin(LengthOf(measured), PictureOf(measured), options.MaxBytes),
                Niceness = ChildCommand.BehindRequests,
            },
            cancellationToken
        );
        lists.ForEach(File.Delete);
        if (ConversionFailure.From(outcome, options.MaxBytes) is { } failure)
        {
            LogFailed(logger, outcome.ExitCode, outcome.ErrorTail);
            throw failure;
        }

        string Write(string list)
        {
            var name = $"{path}.list{written++}";
            File.WriteAllText(name, list);
            lists.Add(name);
            return name;
        }
    }

    private static TimeSpan LengthOf(IEnumerable<IReadOnlyList<MeasuredPart>> sources) =>
        sources.Max(parts => parts.Aggregate(TimeSpan.Zero, (length, part) => length + part.Length));

    private static PictureSize? PictureOf(IEnumerable<IReadOnlyList<MeasuredPart>> sources) =>
        sources
            .SelectMany(parts => parts)
            .Select(part => part.Media.Video is { } picture ? VideoTreatment.SizeOf(picture) : null)
            .OfType<PictureSize>()
            .OrderByDescending(size => (long)size.Width * size.Height)
            .Cast<PictureSize?>()
            .FirstOrDefault();

    /// <summary>Reads all parts. Sources in as many parts are on one clock; another one counts as a single part.</summary>
    private async Task<List<IReadOnlyList<MeasuredPart>>> MeasureAsync(
        IReadOnlyList<IReadOnlyList<SourcePart>> sources,
        CancellationToken cancellationToken
    )
    {
        var measured = sources.Select(parts => new MeasuredPart?[parts.Count]).ToList();
        await Parallel.ForEachAsync(
            sources.SelectMany((parts, source) => parts.Select((part, number) => (part, source, number))),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = SideBySide.MaxDegreeOfParallelism,
                CancellationToken = cancellationToken,
            },
            async (one, stop) =>
            {
                var read = await ffprobe.ReadThroughAsync(one.part.Path, one.part.Start, one.part.End, stop);
                measured[one.source][one.number] = read.Media is { Streams.Count: > 0 } media
                    ? new MeasuredPart(one.part, media)
                    : null;
            }
        );
        if (measured.Any(parts => parts.Any(part => part is null)))
        {
            throw new MediaException(
                MediaError.SourceFailed,
                "A part of what the source delivered is not media, or broken."
            );
        }
        return [.. measured.Select(parts => (IReadOnlyList<MeasuredPart>)[.. parts.OfType<MeasuredPart>()])];
    }

    private static JoinTrack? Track(
        IReadOnlyList<IReadOnlyList<MeasuredPart>> sources,
        Func<ProbedMedia, ProbedStream?> streamOf,
        bool last = false
    )
    {
        var tracks = sources.Select((parts, source) => JoinTrack.Of(source, parts, streamOf)).OfType<JoinTrack>();
        return last ? tracks.LastOrDefault() : tracks.FirstOrDefault();
    }

    private static void Refuse(JoinTrack? track)
    {
        if (track?.Runs.Count > MostRuns)
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"The stream changes its coding {track.Runs.Count} times, which is more often than can be joined ({MostRuns})."
            );
        }
        if (track is { IsCopied: false } && track.Streams.Any(HighDynamicRange.IsIn))
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                "The stream changes its coding on the way, and parts of it have a high dynamic range: they cannot be joined."
            );
        }
    }

    private static string CodecOf(Container container) =>
        container.VideoRules.Count > 0 ? container.VideoRules[0].Codec : "h264";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parts could not be joined (exit {ExitCode}): {Errors}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string errors);
}
