using Decant.Engine.Converting;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Planning;
using Decant.Engine.Sources;

namespace Decant.Engine;

/// <summary>Brings one picture of a medium: the site's own, else a frame.</summary>
internal sealed class ThumbnailRun(
    MediaInfo info,
    string directory,
    EgressGate gate,
    Fetcher fetcher,
    Thumbnail thumbnail
)
{
    /// <summary>An index and the frames from a key frame on.</summary>
    private const long MostRelayedBytes = 64L << 20;

    /// <exception cref="MediaException"><c>content_not_found</c> where there can be no picture.</exception>
    public static void EnsurePossible(MediaInfo info)
    {
        if (
            info.ThumbnailUrl is null
            && CoveredOf(info) is null
            && (info.IsLive || !info.Formats.Any(format => format.MayHaveVideo))
        )
            throw new MediaException(
                MediaError.ContentNotFound,
                $"\"{info.Title}\" has no thumbnail, and no picture to take one from."
            );
    }

    /// <exception cref="MediaException"><c>source_failed</c> where every picture there is turned out to be broken.</exception>
    public async Task<ThumbnailResult> RunAsync(CancellationToken cancellationToken)
    {
        var pictures =
            (
                info.ThumbnailUrl is { } url
                    ? await thumbnail.FetchAsync(url, directory, isForCover: false, cancellationToken)
                    : null
            )
            ?? (CoveredOf(info) is { } covered ? await CoverOfAsync(covered, cancellationToken) : null)
            ?? (CanGiveFrames ? await FrameAsync(cancellationToken) : null)
            ?? throw new MediaException(
                MediaError.SourceFailed,
                $"The thumbnail of \"{info.Title}\" is broken, and no frame could be had in its place."
            );
        foreach (var file in Directory.EnumerateFiles(directory))
            if (file != pictures.Jpeg)
                File.Delete(file);
        return new ThumbnailResult(info, pictures.Jpeg, new FileInfo(pictures.Jpeg).Length);
    }

    /// <summary>The medium's own file, where that is all there is and has a cover in it.</summary>
    private static SourceFormat? CoveredOf(MediaInfo info) =>
        info.IsFile ? info.Formats.LastOrDefault(format => format.Probe?.Cover is not null) : null;

    private async Task<Pictures?> CoverOfAsync(SourceFormat format, CancellationToken cancellationToken)
    {
        await using var relay = new RangeRelay(gate, new RemoteFile(format.Url, format.Headers), MostRelayedBytes);
        return await thumbnail.CoverAsync(
            relay.Address.AbsoluteUri,
            format.Probe!.Cover!.Index,
            directory,
            isForCover: false,
            cancellationToken
        );
    }

    private bool CanGiveFrames => !info.IsLive && info.Formats.Any(format => format.MayHaveVideo);

    /// <summary>A frame of the medium: from a plain file only the bytes around it are read; anything else is fetched, in a low quality.</summary>
    private async Task<Pictures?> FrameAsync(CancellationToken cancellationToken)
    {
        var plain = info
            .Formats.Where(format => format is { Protocol: FetchProtocol.Http, MayHaveVideo: true })
            .ToList();
        return (plain.Count > 0 ? await FrameOfPlainAsync(Pick(plain, "720p"), cancellationToken) : null)
            ?? await FrameOfWholeAsync(Pick(info.Formats, "240p"), cancellationToken);
    }

    private async Task<Pictures?> FrameOfPlainAsync(SourceFormat format, CancellationToken cancellationToken)
    {
        await using var relay = new RangeRelay(gate, new RemoteFile(format.Url, format.Headers), MostRelayedBytes);
        return await thumbnail.FrameAsync(relay.Address.AbsoluteUri, Length, directory, cancellationToken);
    }

    private async Task<Pictures?> FrameOfWholeAsync(SourceFormat format, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, "source-0");
        await using var fetch = fetcher.Start(
            format,
            key: null,
            path,
            Fetcher.OnlyHere,
            new DirectProgress<FetchProgress>(_ => { }),
            cancellationToken
        );
        await fetch.Whole;
        return await thumbnail.FrameAsync(path, Length, directory, cancellationToken);
    }

    private TimeSpan Length => info.Duration ?? TimeSpan.Zero;

    private SourceFormat Pick(IReadOnlyList<SourceFormat> formats, string quality) =>
        Planner.Plan(info with { Formats = formats }, OutputRequest.Parse(Container.Mkv.Name, quality)).Sources[0];
}
