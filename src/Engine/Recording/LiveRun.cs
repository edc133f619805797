using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Fetching.Live;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Planning;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Recording;

/// <summary>Records a live stream into a store, from wherever the store has got to.</summary>
// Eight parameters: what is recorded, where to, within what limits and by what means.
internal sealed partial class LiveRun(
    RecordingStore store,
    RecordingRequest recording,
    OutputRequest request,
    EngineOptions options,
    EgressGate gate,
    ProgressMeter meter,
    TimeProvider time,
    ILogger logger
)
{
    private readonly FetchLimits _fetchLimits = new()
    {
        MaxBytes = options.MaxBytes,
        MinimumRate = options.MinimumRate,
        // The playlist tells whether another try is worth it; it is asked again anyway.
        Tries = 1,
        StallTimeout = TimeSpan.FromSeconds(8),
    };

    /// <param name="info">The stream, on air.</param>
    /// <param name="lookUp">Look-up of the page anew.</param>
    /// <param name="close">Token that ends the recording in good order.</param>
    /// <param name="cancellationToken">Token that breaks it off; what is written stays.</param>
    /// <exception cref="MediaException">Nothing could be recorded.</exception>
    public async Task RecordAsync(
        MediaInfo info,
        Func<CancellationToken, Task<MediaInfo>> lookUp,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        var sources = Planner.Plan(Recordable(info), request).Sources;
        // A stream that comes in another number of sources now cannot be gone on with.
        var begun = recording.Earlier?.BegunAt ?? (store.Duration > TimeSpan.Zero ? store.BegunAt : null);
        store.Begin(info, sources);
        // One source that is lost takes the others with it: a picture goes with its sound. One that has all it wants waits for them.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(close);
        var following = sources.Select((source, index) => FollowAsync(source, index)).ToList();
        try
        {
            var end = LiveEnd.Ended;
            for (var left = following.ToList(); left.Count > 0 && end is LiveEnd.Ended or LiveEnd.Full; )
            {
                var first = await Task.WhenAny(left);
                left.Remove(first);
                end = first.IsCompletedSuccessfully ? await first : LiveEnd.Lost;
            }

            LogOver(logger, info.PageUrl.Host, end);
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)Task.WhenAll(following)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (store.Duration == TimeSpan.Zero)
        {
            await Task.WhenAll(following);
        }

        async Task<LiveEnd> FollowAsync(SourceFormat source, int index)
        {
            var requests = new SegmentRequest(gate.Http, source.Headers, _fetchLimits, time);
            return await new LiveFollower(
                source.Url,
                new LiveReaders(requests, time).For(source),
                async token => WhereNow(await lookUp(token), source),
                requests,
                store.Sources[index],
                begun,
                new LiveLimits
                {
                    MaxDuration = recording.MaxDuration,
                    MaxBytes = options.MaxBytes,
                    Outage = options.LiveOutage,
                },
                () => meter.Recorded(store.Bytes, store.Duration, recording.MaxDuration),
                time,
                logger
            ).RunAsync(recording.FromStart, over.Token, cancellationToken);
        }
    }

    /// <summary>The formats of a live stream that can be followed; where any have picture and sound together, only those.</summary>
    private static MediaInfo Recordable(MediaInfo info)
    {
        var followed = info.Formats.Where(format => format.Protocol == FetchProtocol.Hls).ToList();
        if (followed.Count == 0)
        {
            followed = [.. info.Formats.Where(format => format.Protocol == FetchProtocol.Dash)];
        }

        // Fragments of mp4 play through when they are laid end to end.
        if (
            followed.Any(format => format.VideoAbsent && IsMp4(format))
            && followed.Any(format => format.AudioAbsent && IsMp4(format))
        )
        {
            followed.RemoveAll(format => !IsMp4(format));
        }

        if (followed.Count == 0)
        {
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{info.Title}\" is on air in a way that cannot be recorded. Ask again when it has ended."
            );
        }

        var whole = followed.Where(format => format.MayHaveVideo && format.MayHaveAudio).ToList();
        return info with { Formats = whole.Count > 0 ? whole : followed };
    }

    private static bool IsMp4(SourceFormat format) => format.Extension is "mp4" or "m4a";

    /// <returns>Null where the stream is no longer on air.</returns>
    private static Uri? WhereNow(MediaInfo now, SourceFormat source) =>
        now.IsLive ? now.Formats.FirstOrDefault(format => format.Id == source.Id)?.Url ?? source.Url : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "The recording of a live stream at {Host} is over: {End}")]
    private static partial void LogOver(ILogger logger, string host, LiveEnd end);
}
