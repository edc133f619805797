using Decant.Cli.Output;
using Decant.Cli.Progress;
using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Engine.Planning;
using Spectre.Console;

namespace Decant.Cli;

/// <summary>One <c>decant get</c>, read and checked.</summary>
internal sealed record GetRequest
{
    public required Uri Url { get; init; }
    public required OutputRequest Output { get; init; }
    public required LiveOptions Recording { get; init; }
    public required Destination Destination { get; init; }

    /// <summary>Report as JSON rather than as the file's path.</summary>
    public bool Json { get; init; }

    public async Task RunAsync(MediaEngine engine, CancellationToken cancellationToken)
    {
        var info = await Recording.LookUpAsync(engine, Url, cancellationToken);
        if (info.IsPlaylist)
        {
            throw new MediaException(
                MediaError.InvalidRequest,
                $"'{Url}' is a list of {info.PlaylistCount ?? info.Entries!.Count}; `decant info` shows the addresses of its entries, get one of them"
            );
        }

        var path = Destination.PathFor(info.Title, Output.Container.Name);
        var thumbnailPath = Output.IncludeThumbnail ? Destination.ThumbnailPathFor(path) : null;
        if (Output.Subtitles is { Place: SubtitlePlace.Files, Format: var format })
        {
            foreach (var subtitle in engine.Plan(info, Output).Subtitles)
            {
                Destination.SubtitlePathFor(path, subtitle.Language, format == SubtitleFormat.Vtt ? ".vtt" : ".srt");
            }
        }

        using var work = new WorkDirectory(Destination.Folder);
        var result = await Display()
            .ShowAsync(progress =>
                info.IsLive
                    ? Recording.RecordAsync(engine, Url, Output, work.Path, progress, cancellationToken)
                    : engine.RunAsync(Url, Output, work.Path, progress, cancellationToken)
            );
        // A recording that was ended by Ctrl-C is kept: from here on only a second one breaks off.
        var toTheEnd = info.IsLive ? CancellationToken.None : cancellationToken;

        if (Destination.IsStandardOutput)
        {
            await using var made = File.OpenRead(result.Path);
            await using var standardOutput = Console.OpenStandardOutput();
            await made.CopyToAsync(standardOutput, toTheEnd);
            return;
        }

        Destination.Place(result.Path, path);
        if (thumbnailPath is not null && result.ThumbnailPath is { } thumbnail)
        {
            Destination.Place(thumbnail, thumbnailPath);
        }
        else
        {
            thumbnailPath = null;
        }

        var subtitles = PlaceSubtitles(result, path);
        await Console.Out.WriteLineAsync(
            Json ? ReportJson.Write(GetReport.Of(result, path, thumbnailPath, subtitles)) : path
        );
    }

    private List<SubtitleReport> PlaceSubtitles(ExtractionResult result, string path)
    {
        var placed = new List<SubtitleReport>();
        foreach (var subtitle in result.Subtitles)
        {
            string? beside = null;
            if (subtitle.Path is { } made)
            {
                beside = Destination.SubtitlePathFor(path, subtitle.Language, Path.GetExtension(made));
                Destination.Place(made, beside);
            }

            placed.Add(new SubtitleReport(subtitle.Language, subtitle.IsAutomatic, beside));
        }

        return placed;
    }

    private static IProgressDisplay Display() =>
        Console.IsErrorRedirected
            ? new ProgressLines(Console.Error, TimeProvider.System)
            : new ProgressBar(
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            );
}
