using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Fetching;
using Decant.Engine.Keeping;
using Decant.Engine.Planning;
using Decant.Engine.Recording;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine;

/// <summary>Makes files of plans: brings their sources, from the cache where they are kept, and carries the plans out.</summary>
/// <param name="fetcher">Brings sources.</param>
/// <param name="kept">Cache of sources; null for none.</param>
/// <param name="tools">Tools of the runs.</param>
/// <param name="inspect">Look-up of a page, for links that have died.</param>
/// <param name="maxBytes">Bytes one medium may take.</param>
/// <param name="logger">Logger of the fetches of recorded sources.</param>
internal sealed class MediaMaker(
    Fetcher fetcher,
    KeptFiles? kept,
    RunTools tools,
    Func<SourcePage, InspectOptions, CancellationToken, Task<MediaInfo>> inspect,
    long maxBytes,
    ILogger logger
)
{
    /// <summary>Makes the best that is there: of renditions that are gone for good the next is taken, and the result says so.</summary>
    public static async Task<ExtractionResult> MakeBestAsync(
        ExtractionPlan best,
        string directory,
        Func<ExtractionPlan, Task<ExtractionResult>> make
    )
    {
        var plan = best;
        for (var gone = 0; ; gone++)
        {
            try
            {
                var result = await make(plan);
                var wanted = LowerRendition.Name(best);
                return wanted == LowerRendition.Name(plan) ? result : result with { FellBackFrom = wanted };
            }
            catch (MediaException failure)
                when (gone < LowerRendition.Most
                    && failure.GoneFormat is { } format
                    && LowerRendition.TryPlan(plan, format, out var lower)
                )
            {
                RunDirectory.Empty(directory);
                plan = lower;
            }
        }
    }

    /// <summary>Makes a file of sources that a recording has brought.</summary>
    public Task<ExtractionResult> MakeRecordedAsync(
        ExtractionPlan plan,
        string directory,
        ProgressMeter meter,
        CancellationToken cancellationToken
    ) => Run(plan, directory, meter, (_, path, _, _) => SourceFetch.Of(path, logger)).RunAsync(cancellationToken);

    /// <summary>Makes of a live stream that has ended, and of which nothing was recorded, as much as was to be recorded.</summary>
    // Eight parameters: what there is, what is wanted of it, and where.
    public async Task<ExtractionResult> MakeEndedAsync(
        SourcePage page,
        MediaInfo info,
        OutputRequest request,
        RecordingRequest recording,
        Func<MediaInfo, OutputRequest, ExtractionPlan> plan,
        string directory,
        ProgressMeter meter,
        CancellationToken cancellationToken
    )
    {
        var most = recording.MaxDuration;
        var isLonger = info.Duration > most && request.Clip is null;
        var wanted = plan(info, isLonger ? Recorder.UpTo(most, request) : request);
        var made = await MakeAsync(page, wanted, directory, meter, cancellationToken);
        if (wanted.Request.Clip is null && made.Duration > most + Margin.Of(most))
        {
            // Its page said less than there is. What was fetched is kept, as a rule.
            RunDirectory.Empty(directory);
            var shorter = plan(info with { Duration = made.Duration }, Recorder.UpTo(most, request));
            made = await MakeAsync(page, shorter, directory, meter, cancellationToken);
        }

        return made with
        {
            Gaps = RecordingGap.Of(recording.Earlier, made.Duration),
        };
    }

    public async Task<ExtractionResult> MakeAsync(
        SourcePage page,
        ExtractionPlan plan,
        string directory,
        ProgressMeter meter,
        CancellationToken cancellationToken
    )
    {
        // What is kept gives way before a job fails for want of room.
        kept?.MakeRoom(Math.Min(maxBytes, (plan.EstimatedFetchBytes ?? 0) + (Forecast.Of(plan).Bytes ?? 0)));
        var (fetch, wasKept) = (FetchFrom(page, plan.Info), false);
        try
        {
            return await Run(plan, directory, meter, Begin).RunAsync(cancellationToken);
        }
        catch (MediaException full) when (full.Error == MediaError.Overloaded)
        {
            kept?.MakeRoom(maxBytes);
            throw;
        }
        catch (MediaException failure)
        {
            // Only what came out shows whether what was fetched was good: the next try must not be given the same again.
            foreach (var key in plan.Sources.Select(source => KeepingKey.Of(plan.Info, source)).OfType<string>())
                kept?.Forget(key);
            if (failure.IsFinal && wasKept)
                throw new MediaException(failure.Error, failure.Message, failure);
            throw;
        }

        SourceFetch Begin(SourceFormat format, string path, IProgress<FetchProgress> progress, CancellationToken stop)
        {
            var source = fetch(format, path, progress, stop);
            // It lies here from an earlier fetch, which may be where it was spoilt.
            wasKept |= source.Whole.IsCompletedSuccessfully;
            return source;
        }
    }

    private StartFetch FetchFrom(SourcePage page, MediaInfo info) =>
        (format, path, progress, stop) =>
            fetcher.Start(
                format,
                KeepingKey.Of(info, format),
                path,
                again => LookUpAgainAsync(page, info, format, again),
                progress,
                stop
            );

    private ExtractionRun Run(ExtractionPlan plan, string directory, ProgressMeter meter, StartFetch start) =>
        new(plan, directory, meter, start, tools);

    /// <summary>The same rendition at an address that is good now: links die, also while they are fetched from.</summary>
    private async Task<SourceFormat?> LookUpAgainAsync(
        SourcePage page,
        MediaInfo known,
        SourceFormat format,
        CancellationToken cancellationToken
    )
    {
        // An address that led to the file leads to a link that is good now; looking would use up one that is good once.
        if (known.Formats is [_] && format.Url != page.Url && PlainLook.IsFile(page, known))
            return format with { Url = page.Url };
        var info = await inspect(page, new InspectOptions { BypassCache = true }, cancellationToken);
        return info.Formats.FirstOrDefault(one => one.Id == format.Id && one.Protocol == format.Protocol);
    }
}
