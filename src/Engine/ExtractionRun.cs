using Decant.Engine.Converting;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Fetching;
using Decant.Engine.Planning;

namespace Decant.Engine;

/// <summary>One plan carried out in one directory: fetch, convert, verify.</summary>
internal sealed class ExtractionRun(
    ExtractionPlan plan,
    string directory,
    ProgressMeter meter,
    Fetcher fetcher,
    Ffprobe ffprobe,
    Ffmpeg ffmpeg,
    Verification verification,
    Thumbnail thumbnail
)
{
    private const long SmallBytes = 32 << 20;
    private static readonly TimeSpan SmallDuration = TimeSpan.FromMinutes(2);
    private readonly Container _container = plan.Request.Container;

    public async Task<ExtractionResult> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pictures = FetchPicturesAsync(stop.Token);
        try
        {
            var sources = await FetchSourcesAsync(stop.Token);
            var probes = await Task.WhenAll(
                sources.Select((path, index) => ProbeAsync(plan.Sources[index], path, stop.Token))
            );
            var conversion = ConversionPlanner.Plan(plan, probes);
            Announced(probes);
            var made = await ConvertAsync(conversion, sources, await pictures, stop.Token);
            var jpeg = await JpegAsync(await pictures, sources, probes, stop.Token);
            return Finish(made, jpeg, conversion);
        }
        finally
        {
            // Nothing may still write into the directory once this returns.
            await stop.CancelAsync();
            await ((Task)pictures).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All sources at once; the first failure stops the others.</summary>
    private async Task<IReadOnlyList<string>> FetchSourcesAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var paths = plan.Sources.Select((_, index) => Path.Combine(directory, $"source-{index}")).ToList();
        var tally = new FetchTally(plan, meter);
        var fetches = plan
            .Sources.Select((source, index) => FetchAsync(source, paths[index], tally.For(index), stop))
            .ToList();
        await Task.WhenAll(fetches);
        return paths;
    }

    private async Task FetchAsync(
        SourceFormat source,
        string path,
        IProgress<FetchProgress> progress,
        CancellationTokenSource stop
    )
    {
        try
        {
            if (await fetcher.FetchAsync(source, path, progress, stop.Token) == 0)
                throw new MediaException(
                    MediaError.SourceFailed,
                    $"The source answered with an empty file for the format {source.Id}."
                );
        }
        catch (MediaException)
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>What was learnt when the medium was looked up holds for the same bytes; a file of another size is looked into again.</summary>
    private async Task<ProbedMedia> ProbeAsync(SourceFormat source, string path, CancellationToken cancellationToken) =>
        source.Probe is { } known && known.Size == new FileInfo(path).Length
            ? known
            : await ffprobe.ProbeAsync(path, cancellationToken);

    /// <summary>A source that is plainly shorter than its page says was cut on the way.</summary>
    private void Announced(IEnumerable<ProbedMedia> probes)
    {
        if (
            plan.Info.Duration is not { } announced
            || probes.Any(probe => probe.DurationIsEstimate || probe.Duration is null)
        )
            return;
        var longest = probes.Max(probe => probe.Duration!.Value);
        if (longest < announced && !Verification.Near(longest, announced))
            throw new MediaException(
                MediaError.SourceFailed,
                FormattableString.Invariant(
                    $"The source's file is broken: it holds {longest.TotalSeconds:0.0} s of the announced {announced.TotalSeconds:0.0} s."
                )
            );
    }

    private async Task<Made> ConvertAsync(
        ConversionPlan conversion,
        IReadOnlyList<string> sources,
        Pictures? pictures,
        CancellationToken cancellationToken
    )
    {
        // Under another name until it is known to be good.
        var unverified = Path.Combine(directory, "unverified");
        meter.Converted(TimeSpan.Zero, conversion.Promise.Duration);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var converting = ffmpeg.ConvertAsync(
            conversion,
            sources,
            pictures?.Cover,
            unverified,
            new DirectProgress<TimeSpan>(reached => meter.Converted(reached, conversion.Promise.Duration)),
            stop.Token
        );
        ProbedMedia media;
        try
        {
            if (IsSmall(conversion, sources))
                media = await verification.VerifyAsync(unverified, conversion, converting, stop.Token);
            else
            {
                await converting;
                media = await verification.VerifyAsync(unverified, conversion, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await converting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        var path = Path.Combine(directory, $"medium.{_container.Name}");
        File.Move(unverified, path);
        return new Made(path, media);
    }

    /// <summary>Whether it is made in a moment, so that its reader may wait beside it.</summary>
    private static bool IsSmall(ConversionPlan conversion, IReadOnlyList<string> sources) =>
        sources.Sum(path => new FileInfo(path).Length) < SmallBytes
        && (
            conversion.Promise.Duration < SmallDuration
            || conversion.Streams.All(stream => stream.Treatment is CopyStream)
        );

    private async Task<Pictures?> FetchPicturesAsync(CancellationToken cancellationToken) =>
        plan.Info.ThumbnailUrl is { } url
        && (plan.Request.IncludeThumbnail || _container.CoverArt != CoverArtPlace.None)
            ? await thumbnail.FetchAsync(url, directory, cancellationToken)
            : null;

    /// <summary>The thumbnail that was asked for: the site's, else a frame of the picture, where there is one.</summary>
    private async Task<string?> JpegAsync(
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
                : await thumbnail.FrameAsync(
                    sources[seen],
                    probes[seen].Duration ?? TimeSpan.Zero,
                    directory,
                    cancellationToken
                );
        return pictures?.Jpeg;
    }

    private ExtractionResult Finish(Made made, string? jpeg, ConversionPlan conversion)
    {
        foreach (var file in Directory.EnumerateFiles(directory))
            if (file != made.Path && file != jpeg)
                File.Delete(file);
        var (video, audio) = (made.Media.Video, made.Media.Audio);
        var size = video is null ? null : VideoTreatment.SizeOf(video);
        return new ExtractionResult
        {
            Info = plan.Info,
            Container = conversion.Container,
            Path = made.Path,
            ThumbnailPath = jpeg,
            Size = new FileInfo(made.Path).Length,
            Duration = Verification.Played(made.Media),
            Width = size?.Width,
            Height = size?.Height,
            FramesPerSecond = video?.FramesPerSecond,
            VideoCodec = video?.Codec,
            AudioCodec = audio?.Codec,
            CutAt = conversion.Cut?.At,
        };
    }

    private sealed record Made(string Path, ProbedMedia Media);
}
