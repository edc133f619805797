using System.Runtime.ExceptionServices;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting;

/// <summary>Fills in what a site leaves out (duration, codecs, size) by looking into the file itself.</summary>
internal sealed partial class ProbeCompletion(EgressGate gate, Ffprobe ffprobe, ILogger<ProbeCompletion> logger)
{
    /// <summary>Headers and indexes; an index at the end of a long film takes some megabytes.</summary>
    private const long MaxBytes = 64L << 20;

    /// <summary>Longest probe: a look-up should not wait for a slow origin.</summary>
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(15);

    /// <exception cref="MediaException">Where all there is turns out to be no media.</exception>
    public async Task<MediaInfo> CompleteAsync(LookedUp found, SourcePage page, CancellationToken cancellationToken)
    {
        using var opened = found.Opened;
        var info = found.Info;
        // Without ffprobe what the site says has to do; the node that makes the file looks again, and settles what it costs.
        if (info.IsLive || info.IsPlaylist || !ffprobe.IsThere)
            return info;
        var best =
            info.Formats.LastOrDefault(format => format is { Protocol: FetchProtocol.Http, CodecsKnown: false })
            ?? (
                info.Duration is null
                    ? info.Formats.LastOrDefault(format => format.Protocol == FetchProtocol.Http)
                    : null
            );
        if (best is null)
            return info;
        try
        {
            var isFile = info.Formats.Count == 1 && YtDlp.PlainLook.IsFile(page, info);
            var remote = new RemoteFile(best.Url, best.Headers) { LedFrom = isFile ? page.Url : null };
            await using var relay = new RangeRelay(gate, remote, MaxBytes, opened);
            var media = await ProbeAsync(relay, cancellationToken);
            if (info.Formats.Count == 1)
                Protection.Refuse(media, soundAlone: media.Audio is { IsEncrypted: false }, format: null);
            return Fill(Named(info, best, relay.Title), best, media, relay.Version);
        }
        catch (MediaException failure)
            when (info.Formats.Count > 1 || best.CodecsKnown || failure.Error == MediaError.SourceTimeout)
        {
            // What the site says has to do; another format may be sound.
            LogUnknown(logger, best.Id, failure.Message);
            return info;
        }
    }

    /// <summary>A title that comes from a path gives way to the one that the origin says.</summary>
    private static MediaInfo Named(MediaInfo info, SourceFormat format, string? title) =>
        title is not null && new[] { info.PageUrl, format.Url }.Any(url => IsFrom(url, info.Title))
            ? info with
            {
                Title = title,
            }
            : info;

    private static bool IsFrom(Uri url, string title)
    {
        var name = Uri.UnescapeDataString(url.Segments[^1].TrimEnd('/'));
        return name == title || Path.GetFileNameWithoutExtension(name) == title;
    }

    private async Task<ProbedMedia> ProbeAsync(RangeRelay relay, CancellationToken cancellationToken)
    {
        ProbedMedia media;
        try
        {
            media = await ffprobe.ProbeAsync(relay.Address, LookTime, cancellationToken);
        }
        catch (MediaException) when (relay.Failure is { } cause)
        {
            // ffprobe only knows that it got nothing; the relay knows why.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
        return media.Video is not null || media.Audio is not null
            ? media
            : throw new MediaException(
                MediaError.UnsupportedUrl,
                "The address delivers a file with neither picture nor sound."
            );
    }

    private static MediaInfo Fill(MediaInfo info, SourceFormat format, ProbedMedia media, string? version)
    {
        var size = media.Video is { } video ? VideoTreatment.SizeOf(video) : null;
        var seconds = media.Duration?.TotalSeconds;
        var filled = format with
        {
            VideoCodec = media.Video?.Codec,
            AudioCodec = media.Audio?.Codec,
            CodecsKnown = true,
            Width = size?.Width ?? format.Width,
            Height = size?.Height ?? format.Height,
            FramesPerSecond = media.Video?.FramesPerSecond ?? format.FramesPerSecond,
            AudioBitrate = media.Audio?.Bitrate ?? format.AudioBitrate,
            SampleRate = media.Audio?.SampleRate ?? format.SampleRate,
            Channels = media.Audio?.Channels ?? format.Channels,
            Size = media.Size ?? format.Size,
            SizeIsEstimate = media.Size is null && format.SizeIsEstimate,
            TotalBitrate =
                format.TotalBitrate ?? (seconds is > 0 && media.Size is { } bytes ? (long)(bytes * 8 / seconds) : null),
            Probe = media,
            Version = version,
        };
        var described = info.IsFile ? FileTags.Describe(info, format, media) : info;
        return described with
        {
            Duration = IsLonger(media, info.Duration) ? media.Duration : info.Duration,
            Formats = [.. info.Formats.Select(one => ReferenceEquals(one, format) ? filled : one)],
        };
    }

    /// <summary>A page that says less than its file does is wrong, and what is made and paid for is the file.</summary>
    private static bool IsLonger(ProbedMedia media, TimeSpan? said) =>
        said is not { } page
        || (!media.DurationIsEstimate && media.Duration is { } file && file > page + Margin.Of(page));

    [LoggerMessage(Level = LogLevel.Information, Message = "Format {Format} could not be looked into: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string format, string reason);
}
