using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Converting;

/// <summary>Runs ffmpeg over the fetched files.</summary>
internal sealed partial class Ffmpeg(EngineOptions options, ILogger<Ffmpeg> logger)
{
    /// <summary>Encoding 8K with HEVC takes about 3 GiB.</summary>
    private const long MaxMemory = 6L << 30;

    /// <param name="plan">What to make.</param>
    /// <param name="inputs">The fetched files.</param>
    /// <param name="coverArt">A JPEG of ours; null for none.</param>
    /// <param name="output">Where to write.</param>
    /// <param name="progress">Told how far into the medium it is.</param>
    /// <param name="cancellationToken">Stops ffmpeg within half a second.</param>
    /// <exception cref="MediaException"><c>source_failed</c>, <c>overloaded</c>, <c>too_large</c>.</exception>
    public async Task ConvertAsync(
        ConversionPlan plan,
        IReadOnlyList<string> inputs,
        string? coverArt,
        string output,
        IProgress<TimeSpan> progress,
        CancellationToken cancellationToken
    )
    {
        var directory = Path.GetDirectoryName(output)!;
        var labels = Path.Combine(directory, "labels");
        var labelled = await Labels.WriteAsync(plan, coverArt, labels, cancellationToken);
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(
                options.FfmpegPath,
                FfmpegArguments.Build(plan, inputs, coverArt, labelled ? labels : null, output)
            )
            {
                WorkingDirectory = directory,
                MaxMemory = MaxMemory,
                MaxFileSize = options.MaxBytes,
                // Answering requests goes before converting.
                Niceness = 5,
                OnLine = line =>
                {
                    if (ProgressLine.TimeOf(line) is { } reached)
                        progress.Report(reached);
                },
            },
            cancellationToken
        );
        if (ConversionFailure.From(outcome, options.MaxBytes) is not { } failure)
            return;
        LogFailed(logger, outcome.ExitCode, outcome.ErrorTail);
        throw failure;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "ffmpeg failed (exit {ExitCode}): {Errors}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string errors);
}
