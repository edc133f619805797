using Decant.Cli.Output;
using Decant.Engine;
using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Cli.Getting;

/// <summary>Fetches one medium that was looked up, and puts its files in their places.</summary>
internal sealed class MediumFetch(GetRequest request, MediaEngine engine)
{
    /// <param name="url">Address as it was asked for.</param>
    /// <param name="info">Look-up of the address.</param>
    /// <param name="progress">Receiver of the progress.</param>
    /// <param name="cancellationToken">Token that ends the fetch; a recording is ended and kept.</param>
    public async Task<GetReport> RunAsync(
        Uri url,
        MediaInfo info,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var (output, destination) = (request.Output.For(info), request.Destination);
        var path = destination.PathFor(info.Title, output.Container.Name);
        var thumbnailPath = output.IncludeThumbnail ? destination.ThumbnailPathFor(path) : null;
        if (output.Subtitles is { Place: SubtitlePlace.Files, Format: var format })
        {
            foreach (var subtitle in engine.Plan(info, output).Subtitles)
            {
                destination.SubtitlePathFor(path, subtitle.Language, format == SubtitleFormat.Vtt ? ".vtt" : ".srt");
            }
        }

        using var work = new WorkDirectory(destination.Folder);
        var result = info.IsLive
            ? await request.Recording.RecordAsync(engine, url, output, work.Path, progress, cancellationToken)
            : await engine.RunAsync(url, output, work.Path, progress, cancellationToken);
        if (destination.IsStandardOutput)
        {
            // A recording that was ended by Ctrl-C is kept: from here on only a second one breaks off.
            var toTheEnd = info.IsLive ? CancellationToken.None : cancellationToken;
            await using var made = File.OpenRead(result.Path);
            await using var standardOutput = Console.OpenStandardOutput();
            await made.CopyToAsync(standardOutput, toTheEnd);
            return GetReport.Of(result, null, null, []);
        }

        destination.Place(result.Path, path);
        if (thumbnailPath is not null && result.ThumbnailPath is { } thumbnail)
        {
            destination.Place(thumbnail, thumbnailPath);
        }
        else
        {
            thumbnailPath = null;
        }

        return GetReport.Of(result, path, thumbnailPath, PlaceSubtitles(result, path));
    }

    private List<SubtitleReport> PlaceSubtitles(ExtractionResult result, string path)
    {
        var placed = new List<SubtitleReport>();
        foreach (var subtitle in result.Subtitles)
        {
            string? beside = null;
            if (subtitle.Path is { } made)
            {
                beside = request.Destination.SubtitlePathFor(path, subtitle.Language, Path.GetExtension(made));
                request.Destination.Place(made, beside);
            }

            placed.Add(new SubtitleReport(subtitle.Language, subtitle.IsAutomatic, beside));
        }

        return placed;
    }
}
