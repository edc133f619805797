using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Hls;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Reads HLS playlists where the extractor does not, or leaves out what decides: whether a list has ended, which sound is the main one.</summary>
internal sealed class HlsLook(EgressGate gate, TimeProvider time)
{
    private const int Preferred = 10;

    /// <summary>Renditions of one master that are looked into.</summary>
    private const int MostLooked = 24;
    private const int LooksAtOnce = 6;

    private static readonly FetchLimits Limits = new()
    {
        MaxBytes = SegmentRequest.MostBytes,
        MinimumRate = 0,
        Tries = 2,
    };

    /// <summary>Addresses of playlists, and no platform's: those have pages.</summary>
    public static bool IsWorthIt(SourcePage page) =>
        page.Identity is null
        && Platform.Of(page.Url) == Platform.Other
        && Path.GetExtension(page.Url.AbsolutePath).ToLowerInvariant() is ".m3u8" or ".m3u";

    /// <summary>Looks at a playlist that the extractor could not read.</summary>
    /// <returns>Null where it is none.</returns>
    /// <exception cref="MediaException"><c>drm_protected</c>, <c>content_not_found</c>, or what the source did.</exception>
    public async Task<MediaInfo?> TryAsync(Uri url, CancellationToken cancellationToken)
    {
        var (text, from) = await ReadAsync(url, new Dictionary<string, string>(), cancellationToken);
        if (HlsText.Lines(text) is null)
        {
            return null;
        }
        return HlsMaster.Read(text, from) is { } master
            ? await CompleteAsync(
                await ClearAsync(Map(url, HlsFormats.Of(master, from)), cancellationToken),
                cancellationToken
            )
            : OfMedia(text, from, url);
    }

    /// <summary>Leaves out the renditions that are for licensed players alone.</summary>
    /// <exception cref="MediaException"><c>drm_protected</c> where all are.</exception>
    private async Task<MediaInfo> ClearAsync(MediaInfo info, CancellationToken cancellationToken)
    {
        // Several at once: dead ones would have their patience one after the other.
        var isProtected = new bool[info.Formats.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Min(MostLooked, isProtected.Length)),
            new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken },
            async (index, token) => isProtected[index] = await IsProtectedAsync(info.Formats[index], token)
        );
        var clear = info.Formats.Where((_, index) => !isProtected[index]).ToList();
        return
            clear.Exists(format => !format.VideoAbsent) || (clear.Count > 0 && info.Formats.All(one => one.VideoAbsent))
            ? info with
            {
                Formats = clear,
            }
            : throw HlsPlaylist.Protected(info.PageUrl);
    }

    private async Task<bool> IsProtectedAsync(SourceFormat format, CancellationToken cancellationToken)
    {
        try
        {
            var (text, from) = await ReadAsync(format.Url, format.Headers, cancellationToken);
            return HlsPlaylist.Read(text, from) is { IsProtected: true };
        }
        catch (MediaException failure) when (failure.Error != MediaError.BlockedAddress)
        {
            // Of one that is gone its fetch will tell.
            return false;
        }
    }

    /// <summary>The same for a media playlist alone.</summary>
    /// <returns>Null for a master, and what is no playlist.</returns>
    /// <exception cref="MediaException">As with <see cref="TryAsync"/>.</exception>
    public async Task<MediaInfo?> TryMediaAsync(Uri url, CancellationToken cancellationToken)
    {
        var (text, from) = await ReadAsync(url, new Dictionary<string, string>(), cancellationToken);
        return HlsText.Lines(text) is null || HlsMaster.Read(text, from) is not null ? null : OfMedia(text, from, url);
    }

    private MediaInfo OfMedia(string text, Uri from, Uri url)
    {
        HlsPlaylist.RefuseNoMedium(text, from);
        HlsPlaylist.RefuseUnread(text, from, imported: null);
        return HlsPlaylist.Read(text, from) switch
        {
            null or { Segments.Count: 0 } => throw new MediaException(
                MediaError.ContentNotFound,
                $"The HLS playlist at {url.IdnHost} names no segments that can be fetched."
            ),
            { IsProtected: true } => throw HlsPlaylist.Protected(url),
            var list => Map(url, new JsonArray(HlsFormats.Of("0", url))) with
            {
                IsLive = !list.HasEnded,
                Duration = list.HasEnded ? list.Duration : null,
            },
        };
    }

    private MediaInfo Map(Uri url, JsonArray formats)
    {
        var name = Path.GetFileNameWithoutExtension(url.AbsolutePath);
        var info = new JsonObject
        {
            ["id"] = name,
            ["title"] = name,
            ["webpage_url"] = url.AbsoluteUri,
            ["extractor_key"] = "Generic",
            ["formats"] = formats,
        };
        return InfoMapping.Map(
            JsonSerializer.SerializeToElement(info, WorkerJson.Default.JsonObject),
            url,
            time.GetUtcNow()
        );
    }

    /// <summary>Corrects what the extractor made of a medium's playlists.</summary>
    public async Task<MediaInfo> CompleteAsync(MediaInfo info, CancellationToken cancellationToken)
    {
        if (info.IsPlaylist)
        {
            return info;
        }
        if (info.IsLive && info.Platform == Platform.Other)
        {
            info = await EndedAsync(info, cancellationToken);
        }
        foreach (var manifest in MastersOf(info))
        {
            info = await PreferAsync(info, manifest, cancellationToken);
        }
        return info;
    }

    /// <summary>A list without an end may yet be of what is on demand, and whole.</summary>
    private async Task<MediaInfo> EndedAsync(MediaInfo info, CancellationToken cancellationToken)
    {
        if (info.Formats.Any(format => format.Protocol != FetchProtocol.Hls) || info.Formats.Count == 0)
        {
            return info;
        }
        var format = info.Formats[^1];
        var (text, from) = await ReadAsync(format.Url, format.Headers, cancellationToken);
        return HlsPlaylist.Read(text, from) is { HasEnded: true } list
            ? info with
            {
                IsLive = false,
                Duration = list.Duration,
            }
            : info;
    }

    /// <summary>Masters that offer sounds to choose from.</summary>
    private static IEnumerable<(Uri Url, IReadOnlyDictionary<string, string> Headers)> MastersOf(MediaInfo info) =>
        info
            .Formats.Where(format => format is { Protocol: FetchProtocol.Hls, VideoAbsent: true })
            .Select(format => (Url: format.Raw.WebUrl("manifest_url"), format.Headers))
            .Where(master => master.Url is not null)
            .GroupBy(master => master.Url!)
            .Where(sounds => sounds.Count() > 1)
            .Select(sounds => (sounds.Key, sounds.First().Headers));

    private async Task<MediaInfo> PreferAsync(
        MediaInfo info,
        (Uri Url, IReadOnlyDictionary<string, string> Headers) manifest,
        CancellationToken cancellationToken
    )
    {
        HlsMaster? master;
        try
        {
            var (text, from) = await ReadAsync(manifest.Url, manifest.Headers, cancellationToken);
            master = HlsMaster.Read(text, from);
        }
        catch (MediaException failure) when (failure.Error != MediaError.BlockedAddress)
        {
            // The extractor has read it a moment ago: its word has to do.
            return info;
        }
        var sounds = (master?.Renditions ?? [])
            .Where(rendition => rendition is { IsSound: true, Url: not null })
            .ToLookup(rendition => rendition.Url!);
        return info with { Formats = [.. info.Formats.Select(Preferred)] };

        SourceFormat Preferred(SourceFormat format) =>
            sounds[format.Url].FirstOrDefault() is not { } sound ? format
            : sound.DescribesVideo ? format with { LanguagePreference = -HlsLook.Preferred }
            : sound.IsDefault ? format with { LanguagePreference = HlsLook.Preferred }
            : format;
    }

    private async Task<(string Text, Uri From)> ReadAsync(
        Uri url,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken
    )
    {
        var requests = new SegmentRequest(gate.Http, headers, Limits, time);
        var answer = await requests.GetAsync(url, null, isMedia: false, _ => { }, cancellationToken);
        return (Encoding.UTF8.GetString(answer.Bytes), answer.Url);
    }
}
