using System.Globalization;
using System.Text;
using Decant.Engine.Children;
using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Live;
using Decant.Engine.Probing;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Recording;

/// <summary>Makes one file with one clock of the parts of a recording. Nothing is encoded.</summary>
internal sealed partial class RecordingJoin(EngineOptions options, ILogger logger)
{
    /// <param name="source">What was recorded.</param>
    /// <param name="path">The file to make.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="MediaException"><c>source_failed</c> where it is no media; <c>overloaded</c>.</exception>
    public async Task JoinAsync(RecordedSource source, string path, CancellationToken cancellationToken)
    {
        source.Seal();
        var list = path + ".list";
        await File.WriteAllTextAsync(list, ListOf(source.Parts), cancellationToken);
        var outcome = await ChildProcess.RunAsync(
            new ChildCommand(options.FfmpegPath, Arguments(list, path))
            {
                Access = FfmpegAccess.To(
                    options,
                    source.Parts.Select(part => Path.GetDirectoryName(part.Path)!).Distinct()
                ),
                WorkingDirectory = Path.GetDirectoryName(path)!,
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
    private static IReadOnlyList<string> Arguments(string list, string path) =>
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
            "-f",
            "matroska",
            Demuxers.FileUrl(path),
        ];

    private static string ListOf(IEnumerable<RecordedPart> parts)
    {
        var text = new StringBuilder("ffconcat version 1.0\n");
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"file 'file:{part.Path}'\n");
            text.Append(CultureInfo.InvariantCulture, $"duration {part.Duration.TotalSeconds:0.######}\n");
        }

        return text.ToString();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A recording could not be joined (exit {ExitCode}): {Errors}")]
    private static partial void LogFailed(ILogger logger, int exitCode, string errors);
}
