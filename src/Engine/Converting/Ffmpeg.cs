using Decant.Engine.Children;
using Decant.Engine.Converting.Mp3Parts;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Converting;

/// <summary>Runs ffmpeg over the fetched files.</summary>
internal sealed partial class Ffmpeg(EngineOptions options, ILogger<Ffmpeg> logger)
{
    /// <summary>Encoding 8K with HEVC takes about 3 GiB.</summary>
    private const long MaxMemory = 6L << 30;

    private const string IndexTooLarge = "reserved_moov_size is too small";

    private readonly EncoderSlots? _encoders = options.Encoders is { } count ? new EncoderSlots(count) : null;

    /// <summary>Waits until one more encoding may run.</summary>
    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="arrived">Task that ends when all sources have arrived.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <returns>Held until the encoding is over; null where nothing is encoded.</returns>
    public async Task<IDisposable?> TakeSlotAsync(
        ConversionPlan plan,
        Task arrived,
        CancellationToken cancellationToken
    ) =>
        _encoders is not null && plan.Streams.Any(stream => stream.Treatment is EncodeAudio or EncodeVideo)
            ? await _encoders.TakeAsync(arrived, cancellationToken)
            : null;

    /// <param name="plan">Plan of the conversion.</param>
    /// <param name="inputs">The fetched files.</param>
    /// <param name="coverArt">A JPEG of ours; null for none.</param>
    /// <param name="subtitles">Text of the plan's subtitles, in its order.</param>
    /// <param name="output">Path of the file to write.</param>
    /// <param name="progress">Receiver of the position in the medium.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg within half a second.</param>
    /// <returns>What it read of each source and wrote; empty where the sound was made in parts, whose encoders count for themselves.</returns>
    /// <exception cref="MediaException"><c>source_failed</c>, <c>overloaded</c>, <c>too_large</c>.</exception>
    public async Task<ConversionReport> ConvertAsync(
        ConversionPlan plan,
        IReadOnlyList<string> inputs,
        string? coverArt,
        IReadOnlyList<Subtitle> subtitles,
        string output,
        IProgress<TimeSpan> progress,
        CancellationToken cancellationToken
    )
    {
        var directory = Path.GetDirectoryName(output)!;
        var labels = Path.Combine(directory, "labels");
        var labelled = await Labels.WriteAsync(plan, coverArt, labels, cancellationToken);
        var written = await SubtitleFiles.WriteAsync(plan, subtitles, directory, cancellationToken);
        var passes = new PassProgress(progress);
        var loudness = await MeasureAsync(plan, inputs, passes, cancellationToken);
        var child = new ChildCommand(options.FfmpegPath, [])
        {
            Access = FfmpegAccess.To(options, [.. inputs, .. coverArt is null ? (string[])[] : [coverArt]]),
            WorkingDirectory = directory,
            MaxMemory = MaxMemory,
            MaxProcessorTime = EncodingTime.ToMake(plan, options.MaxBytes),
            MaxFileSize = options.MaxBytes,
            Niceness = ChildCommand.BehindRequests,
        };
        // Parts cost a fifth more processor time than one pass (ADR 0016), which busy cores would take from one another.
        if (PartedMp3.Suits(plan, loudness) && _encoders is not { HasIdleCores: false })
        {
            try
            {
                await MakeInPartsAsync();
                await SeveralValues.SplitAsync(plan, output, cancellationToken);
                return ConversionReport.None;
            }
            catch (ChangingSoundException)
            {
                LogChanging(logger);
            }
        }
        var report = await MakeAsync(plan, inputs, child);
        await SeveralValues.SplitAsync(plan, output, cancellationToken);
        return report;

        async Task MakeInPartsAsync()
        {
            var padding = 0L;
            var parted = new PartedMp3(plan, inputs, loudness, child, options.MaxBytes);
            var joined = new PlannedStream(inputs.Count, 0, new CopyStream("mp3", IsVideo: false));
            await MakeAsync(
                plan with
                {
                    Streams = [joined],
                },
                [.. inputs, Demuxers.Mp3Pipe],
                child with
                {
                    Input = async (pipe, stop) => padding = await parted.EncodeAsync(pipe, stop),
                }
            );
            await LameTag.WriteAsync(output, padding, cancellationToken);
        }

        async Task<ConversionReport> MakeAsync(ConversionPlan plan, IReadOnlyList<string> inputs, ChildCommand child)
        {
            // The cover is part of the index.
            var room = plan.IndexRoom + (coverArt is null ? 0 : new FileInfo(coverArt).Length);
            var outcome = await TryMakeAsync(plan with { IndexRoom = room }, inputs, child);
            // ffmpeg leaves an index out for which there was too little room, and says so.
            if (outcome.Errors.Any(line => line.Contains(IndexTooLarge, StringComparison.Ordinal)))
                outcome = await TryMakeAsync(plan with { IndexRoom = null }, inputs, child);
            return ConversionReport.Of(outcome.Errors);
        }

        async Task<ChildOutcome> TryMakeAsync(ConversionPlan plan, IReadOnlyList<string> inputs, ChildCommand child)
        {
            return await RunAsync(
                child with
                {
                    KeepsError = ConversionReport.IsOfUse,
                    Arguments = FfmpegArguments.Build(
                        plan,
                        inputs,
                        coverArt,
                        labelled ? labels : null,
                        output,
                        written,
                        loudness
                    ),
                    OnLine = line =>
                    {
                        if (ProgressLine.TimeOf(line) is { } reached)
                            passes.Last.Report(reached);
                    },
                },
                cancellationToken
            );
        }
    }

    /// <summary>Reads a text stream of a source, as SubRip.</summary>
    /// <param name="input">The source.</param>
    /// <param name="stream">Index of the stream there.</param>
    /// <param name="path">Path of the file to write.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg.</param>
    /// <exception cref="MediaException">As for a conversion.</exception>
    public async Task<byte[]> ReadSubtitlesAsync(
        string input,
        int stream,
        string path,
        CancellationToken cancellationToken
    )
    {
        await RunAsync(
            new ChildCommand(options.FfmpegPath, FfmpegArguments.BuildSubtitles(input, stream, path))
            {
                WorkingDirectory = Path.GetDirectoryName(path)!,
                Access = FfmpegAccess.To(options, input),
                MaxMemory = MaxMemory,
                MaxProcessorTime = ProcessorTime.ToCopy(options.MaxBytes),
                MaxFileSize = SubtitleFetch.MaxBytes,
                Niceness = ChildCommand.BehindRequests,
            },
            cancellationToken
        );
        return await File.ReadAllBytesAsync(path, cancellationToken);
    }

    /// <returns>Null where nothing is to be made louder or softer, and for silence.</returns>
    private async Task<Loudness?> MeasureAsync(
        ConversionPlan plan,
        IReadOnlyList<string> inputs,
        PassProgress passes,
        CancellationToken cancellationToken
    )
    {
        var sound = plan.Streams.FirstOrDefault(stream => stream.Treatment is EncodeAudio { Loudness: not null });
        if (sound?.Treatment is not EncodeAudio { Loudness: { } target })
            return null;
        var outcome = await RunAsync(
            new ChildCommand(options.FfmpegPath, FfmpegArguments.BuildMeasure(plan, sound, target, inputs))
            {
                Access = FfmpegAccess.To(options, inputs),
                MaxMemory = MaxMemory,
                MaxProcessorTime = EncodingTime.ToMake(plan, options.MaxBytes),
                Niceness = ChildCommand.BehindRequests,
                OnLine = line =>
                {
                    if (ProgressLine.TimeOf(line) is { } reached)
                        passes.Measured(reached);
                },
            },
            cancellationToken
        );
        return Loudness.Read(outcome.Errors);
    }

    private async Task<ChildOutcome> RunAsync(ChildCommand command, CancellationToken cancellationToken)
    {
        var outcome = await ChildProcess.RunAsync(command, cancellationToken);
        if (ConversionFailure.From(outcome, options.MaxBytes) is not { } failure)
            return outcome;
        LogFailed(logger, outcome.ExitCode, outcome.ErrorTail);
        throw failure;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The sound changes on its way: it is made in one pass after all")]
    private static partial void LogChanging(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "ffmpeg failed (exit {ExitCode}): {Errors}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string errors);
}
