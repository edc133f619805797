using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Fetching.Live;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Recording;

/// <summary>Turns a live stream into files that can be made into what was asked for, like any fetched ones.</summary>
internal sealed partial class Recorder(
    EngineOptions options,
    EgressGate gate,
    Ffprobe ffprobe,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>Largest difference between the ends of sources that were closed together.</summary>
    private static readonly TimeSpan Ragged = TimeSpan.FromSeconds(1);

    private readonly RecordingJoin _join = new(options, logger);

    /// <param name="request">Request that the recording is made for.</param>
    /// <param name="recording">Length to record, and the directory that keeps it.</param>
    /// <param name="lookUp">Look-up of the page; anew, where it is told so.</param>
    /// <param name="joined">Path for the file of each source, by its number.</param>
    /// <param name="meter">Meter of whatever comes.</param>
    /// <param name="close">Token that ends the recording in good order.</param>
    /// <param name="cancellationToken">Token that breaks it off; what is recorded stays.</param>
    /// <returns>What to make of the files; null where the stream is over and none of it was recorded.</returns>
    /// <exception cref="MediaException">Nothing could be recorded.</exception>
    public async Task<Recorded?> RecordAsync(
        OutputRequest request,
        RecordingRequest recording,
        Func<InspectOptions, CancellationToken, Task<MediaInfo>> lookUp,
        Func<int, string> joined,
        ProgressMeter meter,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        using var store = new RecordingStore(recording.Directory, new SegmentMeasure(ffprobe));
        if (!await FollowAsync(store, request, recording, lookUp, meter, close, cancellationToken))
            return null;
        var ends = await _join.JoinAsync(store.Sources, joined, cancellationToken);
        var medium = store.Facts!.ToMedium();
        var plan = new ExtractionPlan
        {
            Info = medium,
            Request =
                store.Duration > recording.MaxDuration ? UpTo(recording.MaxDuration, request)
                : ends.Max() > ends.Min() + Ragged ? UpTo(ends.Min(), request)
                : request,
            Sources = medium.Formats,
        };
        return new Recorded(plan, RecordingGap.Within(store.Gaps, plan.Request.Clip));
    }

    /// <summary>The same request, for no more than the beginning.</summary>
    public static OutputRequest UpTo(TimeSpan most, OutputRequest request) =>
        request with
        {
            Clip = new Clip(TimeSpan.Zero, most),
        };

    /// <returns>False where there is nothing to follow and nothing recorded.</returns>
    private async Task<bool> FollowAsync(
        RecordingStore store,
        OutputRequest request,
        RecordingRequest recording,
        Func<InspectOptions, CancellationToken, Task<MediaInfo>> lookUp,
        ProgressMeter meter,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        var isBegun = store.Duration > TimeSpan.Zero;
        if (isBegun)
            meter.Recorded(store.Bytes, store.Duration, recording.MaxDuration);
        if (isBegun && (close.IsCancellationRequested || store.Duration >= recording.MaxDuration))
            return true;
        MediaInfo info;
        try
        {
            info = await lookUp(
                new InspectOptions { BypassCache = isBegun, FromStart = recording.FromStart },
                cancellationToken
            );
        }
        catch (MediaException failure) when (isBegun)
        {
            // Whatever became of the stream while nobody recorded it: what was recorded is delivered.
            LogGone(logger, failure.Error.Code, failure.Message);
            store.MissEnd();
            return true;
        }

        if (!info.IsLive)
        {
            store.MissEnd();
            return isBegun;
        }
        await new LiveRun(store, recording, request, options, gate, meter, time, logger).RecordAsync(
            info,
            token => lookUp(new InspectOptions { BypassCache = true, FromStart = recording.FromStart }, token),
            close,
            cancellationToken
        );
        return store.Duration > TimeSpan.Zero
            ? true
            : throw new MediaException(
                MediaError.ContentNotFound,
                $"The recording of \"{info.Title}\" was closed before anything had come."
            );
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A stream that was recorded is gone ({Code}): {Reason}")]
    private static partial void LogGone(ILogger logger, string code, string reason);
}

/// <summary>A recording that has been joined.</summary>
/// <param name="Plan">Plan that makes of its files what was asked for.</param>
/// <param name="Gaps">Missing times, counted from the beginning of what is made.</param>
internal sealed record Recorded(ExtractionPlan Plan, IReadOnlyList<RecordingGap> Gaps);
