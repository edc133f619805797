using System.Globalization;
using System.Text;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Live;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Recording;

/// <summary>Makes one file of the parts of each source of a recording, all on one clock. Nothing is encoded.</summary>
internal sealed partial class RecordingJoin(EngineOptions options, ILogger logger)
{
    /// <param name="sources">Sources that were recorded.</param>
    /// <param name="joined">Path for the file of each, by its number.</param>
    /// <param name="cancellationToken">Token that stops ffmpeg.</param>
    /// <returns>The end of each file, on the clock of all.</returns>
    /// <exception cref="MediaException"><c>source_failed</c> where it is no media; <c>overloaded</c>.</exception>
    public async Task<IReadOnlyList<TimeSpan>> JoinAsync(
        IReadOnlyList<RecordedSource> sources,
        Func<int, string> joined,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in sources)
            source.Seal();
        var recorded = sources.Select(source => source.Parts).ToList();
        var starts = RecordingClock.Of(recorded);
        for (var index = 0; index < recorded.Count; index++)
            await JoinAsync(recorded[index], starts[index], joined(index), cancellationToken);
        return [.. recorded.Zip(starts, (parts, places) => places[^1] + parts[^1].Duration)];
    }

    private async Task JoinAsync(
        IReadOnlyList<RecordedPart> parts,
        IReadOnlyList<TimeSpan> starts,
        string path,
        CancellationToken cancellationToken
    )
    {
        var list = path + ".list";
        await File.WriteAllTextAsync(list, ListOf(parts, starts), cancellationToken);
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(options.FfmpegPath, Arguments(list, starts[0], path))
            {
                Access = FfmpegAccess.To(options, parts.Select(part => Path.GetDirectoryName(part.Path)!).Distinct()),
                WorkingDirectory = Path.GetDirectoryName(path)!,
                MaxProcessorTime = ProcessorTime.ToCopy(options.MaxBytes),
                Niceness = ChildCommand.BehindRequests,
            },
            cancellationToken
        );
        File.Delete(list);
        // A stream's first and last segments may begin and end anywhere; what ffmpeg says of that is no failure.
        if (outcome.Succeeded && new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            return;
        }

        LogFailed(logger, outcome.ExitCode, outcome.ErrorTail);
        throw ConversionFailure.From(outcome, options.MaxBytes)
            ?? new MediaException(MediaError.SourceFailed, "What the live stream brought is not media, or broken.");
    }

    /// <summary>The parts' names are numbers of ours; what may be in them is what any fetched file may be.</summary>
    private static IReadOnlyList<string> Arguments(string list, TimeSpan start, string path) =>
        [
            "-hide_banner",
            "-nostdin",
            "-v",
            "error",
            "-y",
            "-fflags",
            "+genpts",
            .. Demuxers.ForParts,
            "-i",
            Demuxers.FileUrl(list),
            "-map",
            "0:v:0?",
            "-map",
            "0:a:0?",
            "-c",
            "copy",
            "-output_ts_offset",
            start.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
            "-f",
            "matroska",
            Demuxers.FileUrl(path),
        ];

    private static string ListOf(IReadOnlyList<RecordedPart> parts, IReadOnlyList<TimeSpan> starts)
    {
        var text = new StringBuilder("ffconcat version 1.0\n");
        foreach (var (number, part) in parts.Index())
        {
            var length = number + 1 < parts.Count ? starts[number + 1] - starts[number] : part.Duration;
            text.Append(CultureInfo.InvariantCulture, $"file 'file:{part.Path}'\n");
            text.Append(CultureInfo.InvariantCulture, $"duration {length.TotalSeconds:0.######}\n");
        }

        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recording could not be joined (exit {ExitCode}): {Errors}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string errors);
}
