using Decant.Engine.Converting;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Fetching;
using Decant.Engine.Planning;
using Decant.Engine.Probing;

namespace Decant.Engine;

/// <summary>Thumbnail and subtitles of a medium, as a plan wants them: from the site, from the medium's own file, or from a frame.</summary>
internal sealed class CompanionFetch(ExtractionPlan plan, string directory, RunTools tools)
{
    private bool WantsPictures =>
        plan.Request.IncludeThumbnail || plan.Request.Container.CoverArt != CoverArtPlace.None;

    private bool IsForCover => !plan.Request.IncludeThumbnail;

    /// <summary>Thumbnail and subtitles, which go into the file or beside it.</summary>
    public async Task<Companions> FetchAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pictures = FetchPicturesAsync(stop.Token);
        try
        {
            var subtitles = await tools.Subtitles.FetchAsync(
                [.. plan.Subtitles.Where(one => one.Stream is null)],
                directory,
                stop.Token
            );
            return new Companions(await pictures, subtitles);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)pictures).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Pictures?> FetchPicturesAsync(CancellationToken cancellationToken) =>
        plan.Info.ThumbnailUrl is { } url && WantsPictures
            ? await tools.Thumbnail.FetchAsync(url, directory, IsForCover, cancellationToken)
            : null;

    /// <summary>The thumbnail that was asked for: the site's, else a frame of the picture, where there is one.</summary>
    public async Task<string?> JpegAsync(
        Pictures? pictures,
        IReadOnlyList<string> sources,
        ProbedMedia[] probes,
        CancellationToken cancellationToken
    )
    {
        if (!plan.Request.IncludeThumbnail)
            return null;
        var seen = Array.FindIndex(probes, probe => probe.Video is not null);
        pictures ??=
            seen < 0
                ? null
                : await tools.Thumbnail.FrameAsync(
                    sources[seen],
                    probes[seen].Duration ?? TimeSpan.Zero,
                    directory,
                    cancellationToken
                );
        return pictures?.Jpeg;
    }

    /// <summary>Subtitles inside the file are there already; files beside it are written now that its length is known.</summary>
    public async Task<IReadOnlyList<MadeSubtitle>> SubtitlesAsync(
        ConversionPlan conversion,
        ProbedMedia made,
        IReadOnlyList<Subtitle> subtitles,
        CancellationToken cancellationToken
    ) =>
        plan.Request.Subtitles is { Place: SubtitlePlace.Files, Format: var format }
            ? await SubtitleFiles.WriteBesideAsync(conversion, made, subtitles, format, directory, cancellationToken)
            : [.. plan.Subtitles.Select(one => new MadeSubtitle(one.Language, one.IsAutomatic, null, null))];

    /// <summary>Adds what a file without a page has inside: its cover, and the subtitles that were asked for.</summary>
    public async Task<Companions> AddOwnAsync(
        Companions fetched,
        IReadOnlyList<ReadableSource> sources,
        ProbedMedia[] probes,
        CancellationToken cancellationToken
    )
    {
        if (!plan.Info.IsFile)
            return fetched;
        var (input, probe) = (sources[0].Input, probes[0]);
        var pictures =
            fetched.Pictures is null && WantsPictures && probe.Cover is { } cover
                ? await tools.Thumbnail.CoverAsync(input, cover.Index, directory, IsForCover, cancellationToken)
                : fetched.Pictures;
        var subtitles = new List<Subtitle>(fetched.Subtitles);
        foreach (var own in plan.Subtitles)
            if (own.Stream is { } stream)
            {
                var path = Path.Combine(directory, $"own-{stream}");
                var text = await tools.Ffmpeg.ReadSubtitlesAsync(input, stream, path, cancellationToken);
                subtitles.Add(SubtitleFetch.Read(own, text));
            }
        return new Companions(pictures, subtitles);
    }
}

/// <summary>Files that go into the made one, or beside it.</summary>
internal sealed record Companions(Pictures? Pictures, IReadOnlyList<Subtitle> Subtitles);
