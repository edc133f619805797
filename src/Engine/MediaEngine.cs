using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Children.Sandbox;
using Decant.Engine.Converting;
using Decant.Engine.Converting.Subtitles;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.Spotify;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Fetching;
using Decant.Engine.Joining;
using Decant.Engine.Keeping;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Recording;
using Decant.Engine.Sources;
using Decant.Engine.Verifying;
using Microsoft.Extensions.Logging;

namespace Decant.Engine;

/// <summary>The front door: URL in, media file out.</summary>
/// <remarks>Thread-safe; one per process. <see cref="StartAsync"/> warms the extractor and is optional.</remarks>
public sealed class MediaEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private readonly EgressGate _gate;
    private readonly Extractor _extractor;
    private readonly SpotifyWebApi? _spotifyApi;
    private readonly SourceLookUp _lookUp;
    private readonly EntryLookUp _entries;
    private readonly InfoCache _cache;
    private readonly Fetcher _fetcher;
    private readonly Ffprobe _ffprobe;
    private readonly Ffmpeg _ffmpeg;
    private readonly ProbeCompletion _completion;
    private readonly Verification _verification;
    private readonly Thumbnail _thumbnail;
    private readonly SubtitleFetch _subtitles;
    private readonly KeptFiles? _kept;
    private readonly KeptResults? _results;
    private readonly PartJoin _join;
    private readonly Recorder _recorder;
    private readonly ILogger _logger;

    public MediaEngine(EngineOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        LookUps = new LookUpTally(time);
        _gate = new EgressGate(options.Egress, loggers);
        _extractor = new Extractor(options, _gate, time, loggers.CreateLogger<Extractor>());
        var spotify = new SpotifyReader(_gate, options.InspectTimeout, time);
        _spotifyApi = options.Spotify is { } credentials ? new SpotifyWebApi(spotify, credentials, time) : null;
        var songs = new SpotifySource(
            spotify,
            _spotifyApi,
            new RecordingSearch(_extractor),
            (url, inspect, stop) => InspectAsync(url, inspect, stop),
            loggers.CreateLogger<SpotifySource>()
        );
        _lookUp = new SourceLookUp(_extractor, songs, new HlsLook(_gate, time), LookUps);
        _entries = new EntryLookUp(_lookUp, InspectAsync);
        _cache = new InfoCache(options.InfoTimeToLive, time);
        _kept = options.Keep is { } keep ? new KeptFiles(keep, time) : null;
        _results = _kept is null ? null : new KeptResults(_kept);
        _fetcher = new Fetcher(options, _gate, _extractor.DownloadAsync, _kept, time, loggers.CreateLogger<Fetcher>());
        _ffprobe = new Ffprobe(options, time, loggers.CreateLogger<Ffprobe>());
        _ffmpeg = new Ffmpeg(options, loggers.CreateLogger<Ffmpeg>());
        _completion = new ProbeCompletion(_gate, _ffprobe, loggers.CreateLogger<ProbeCompletion>());
        _verification = new Verification(_ffprobe, loggers.CreateLogger<Verification>());
        _thumbnail = new Thumbnail(options, _gate, time, loggers.CreateLogger<Thumbnail>());
        _subtitles = new SubtitleFetch(
            new Fetcher(
                options with
                {
                    MaxBytes = SubtitleFetch.MaxBytes,
                },
                _gate,
                _extractor.DownloadAsync,
                kept: null,
                time,
                loggers.CreateLogger<Fetcher>()
            )
        );

        _logger = loggers.CreateLogger<MediaEngine>();
        _join = new PartJoin(options, _ffprobe, loggers.CreateLogger<PartJoin>());
        _recorder = new Recorder(options, _gate, time, _logger);
    }

    /// <summary>The one way to the network, for what else the host of the engine sends out.</summary>
    public EgressGate Egress => _gate;

    /// <summary>Warms the extractor, ffprobe and ffmpeg, so that the first look-up and download are as quick as the next.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // First: it takes longest.
        var extractor = _extractor.StartAsync(cancellationToken);
        ForkServers.Prepare(_options.FfprobePath);
        ForkServers.Prepare(_options.FfmpegPath);
        return extractor;
    }

    /// <summary>What platforms answered, for whoever keeps it.</summary>
    public LookUpTally LookUps { get; }

    /// <summary>Which extractor is at work, and how its last replacement went.</summary>
    public ExtractorStatus Extractor => _extractor.Status;

    /// <summary>Moves to the extractor that is on the disk now. What is being looked up and fetched with the present one goes on; where the other does not work, the present one stays.</summary>
    public Task<ExtractorReload> ReloadExtractorAsync(CancellationToken cancellationToken) =>
        _extractor.ReloadAsync(cancellationToken);

    /// <summary>Looks a URL up, from the cache where it was asked for lately.</summary>
    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public async Task<MediaInfo> InspectAsync(
        SourcePage page,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        await _gate.EnsureAllowedAsync(page.Url, cancellationToken);
        return await _cache.GetAsync(
            page,
            inspect,
            async stop =>
                await _completion.CompleteAsync(await FindAsync(page, inspect, stop), page, stop) with
                {
                    Scope = page.Identity?.Scope,
                },
            cancellationToken
        );
    }

    private Task<LookedUp> FindAsync(SourcePage page, InspectOptions inspect, CancellationToken cancellationToken) =>
        page.Entry is { } entry
            ? _entries.FindAsync(page, entry, inspect, cancellationToken)
            : _lookUp.InspectAsync(page, inspect, cancellationToken);

    /// <summary>Decides what to fetch and make. Pure.</summary>
    /// <exception cref="MediaException"><c>unknown_format</c>, <c>too_large</c>.</exception>
    public ExtractionPlan Plan(MediaInfo info, OutputRequest request)
    {
        var plan = Planner.Plan(info, request);
        if (Math.Max(plan.EstimatedFetchBytes ?? 0, MadeBytes(plan)) is var bytes && bytes > _options.MaxBytes)
            throw new MediaException(
                MediaError.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{info.Title}\" takes {bytes} bytes in this quality and the limit is {_options.MaxBytes}. Ask for a lower quality."
                )
            )
            {
                Figures = new Dictionary<string, object?>
                {
                    ["max_bytes"] = _options.MaxBytes,
                    ["estimated_bytes"] = bytes,
                },
            };
        return plan;
    }

    /// <summary>What could be made of a medium, with the size of each. Pure.</summary>
    public static IReadOnlyList<OutputOption> OptionsOf(MediaInfo info) => OutputOptions.Of(info);

    /// <summary>Fetches, converts and verifies. On failure or cancellation nothing is left in <paramref name="directory"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="request">What to make.</param>
    /// <param name="directory">An empty directory of the run's own.</param>
    /// <param name="progress">Told at least once a second while bytes or frames move.</param>
    /// <param name="cancellationToken">Stops children within a second.</param>
    public Task<ExtractionResult> RunAsync(
        SourcePage page,
        OutputRequest request,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var meter = new ProgressMeter(progress, _time);
        return RunInAsync(
            directory,
            meter,
            async own =>
            {
                var info = await InspectAsync(page, new InspectOptions(), cancellationToken);
                RefuseWhatIsNoFile(info);
                return await MakeBestAsync(
                    Plan(info, request),
                    own,
                    plan =>
                        _results is not null && KeepingKey.Of(plan) is { } key
                            ? _results.GetAsync(
                                key,
                                own,
                                progress,
                                all => MakeAsync(page, plan, own, new ProgressMeter(all, _time), cancellationToken),
                                cancellationToken
                            )
                            : MakeAsync(page, plan, own, meter, cancellationToken)
                );
            }
        );
    }

    /// <summary>Makes the best that is there: of renditions that are gone for good the next is taken, and the result says so.</summary>
    private static async Task<ExtractionResult> MakeBestAsync(
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
                Empty(directory);
                plan = lower;
            }
        }
    }

    /// <summary>Records a live stream, and makes of the recording what was asked for. What has ended by now is fetched as any medium.</summary>
    /// <param name="page">The page.</param>
    /// <param name="request">What to make.</param>
    /// <param name="recording">How much to record, and where to keep it.</param>
    /// <param name="directory">An empty directory of the run's own; as with <see cref="RunAsync"/>.</param>
    /// <param name="progress">Told whenever there is more.</param>
    /// <param name="close">Ends the recording in good order: what there is by then is made and returned.</param>
    /// <param name="cancellationToken">Breaks the run off; the recording stays, for the next run to go on with.</param>
    /// <exception cref="MediaException">Nothing could be recorded; <c>not_started</c> with <c>starts_at</c>.</exception>
    public Task<ExtractionResult> RecordAsync(
        SourcePage page,
        OutputRequest request,
        RecordingRequest recording,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken close,
        CancellationToken cancellationToken
    )
    {
        var meter = new ProgressMeter(progress, _time);
        return RunInAsync(
            directory,
            meter,
            async own =>
            {
                var recorded = await _recorder.RecordAsync(
                    request,
                    recording,
                    (inspect, token) => InspectAsync(page, inspect, token),
                    index => ExtractionRun.SourcePath(own, index),
                    meter,
                    close,
                    cancellationToken
                );
                if (recorded is not null)
                {
                    var run = Run(recorded.Plan, own, meter, (_, path, _, _) => SourceFetch.Of(path, _logger));
                    return await run.RunAsync(cancellationToken) with { Gaps = recorded.Gaps };
                }
                var info = await InspectAsync(page, new InspectOptions(), cancellationToken);
                var isLonger = info.Duration > recording.MaxDuration && request.Clip is null;
                var plan = Plan(info, isLonger ? Recorder.UpTo(recording.MaxDuration, request) : request);
                var made = await MakeAsync(page, plan, own, meter, cancellationToken);
                return made with { Gaps = RecordingGap.Of(recording.Earlier, made.Duration) };
            }
        );
    }

    /// <summary>Brings one picture of a medium, as JPEG: the site's thumbnail, else a frame. On failure or cancellation nothing is left in <paramref name="directory"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="directory">An empty directory of the run's own.</param>
    /// <param name="progress">Told of the beginning and the end.</param>
    /// <param name="cancellationToken">Stops children within a second.</param>
    public Task<ThumbnailResult> RunThumbnailAsync(
        SourcePage page,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    ) =>
        RunInAsync(
            directory,
            new ProgressMeter(progress, _time),
            async own =>
            {
                var info = await InspectAsync(page, new InspectOptions(), cancellationToken);
                EnsureThumbnail(info);
                return await new ThumbnailRun(info, own, _gate, _fetcher, _thumbnail).RunAsync(cancellationToken);
            }
        );

    /// <summary>Whether a medium can have a picture at all. Pure.</summary>
    /// <exception cref="MediaException"><c>content_not_found</c> where it has neither a thumbnail nor frames; <c>unsupported_url</c> for a list.</exception>
    public static void EnsureThumbnail(MediaInfo info)
    {
        RefuseList(info);
        ThumbnailRun.EnsurePossible(info);
    }

    private static async Task<T> RunInAsync<T>(string directory, ProgressMeter meter, Func<string, Task<T>> make)
    {
        meter.Resolving();
        var own = Path.GetFullPath(directory);
        var done = false;
        try
        {
            var result = await make(own);
            done = true;
            meter.Done();
            return result;
        }
        finally
        {
            if (!done)
                Empty(own);
        }
    }

    /// <summary>Removes what is kept past its time, or takes room that the disk needs. To be called every now and then.</summary>
    public void TidyKept() => _kept?.Tidy();

    /// <summary>Removes whatever is kept of a medium, so that nobody is given it again.</summary>
    /// <param name="platform">The platform's name.</param>
    /// <param name="id">The medium's there.</param>
    public void ForgetKept(string platform, string id) => _kept?.ForgetAllOf(KeepingKey.Subject(platform, id));

    /// <summary>What the engine stands on: versions found, or what is missing and how to get it.</summary>
    public Task<EngineHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new EngineHealthCheck(_options, _extractor).CheckAsync(cancellationToken);

    /// <summary>Which layers of its children's sandbox hold on this machine.</summary>
    public Task<EnginePart> CheckSandboxAsync() => SandboxCheck.CheckAsync(_options.Sandbox);

    /// <summary>Whether ffmpeg can make all that may be asked for.</summary>
    public Task<EnginePart> CheckEncodersAsync(CancellationToken cancellationToken) =>
        EncoderCheck.CheckAsync(_options.FfmpegPath, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _extractor.DisposeAsync();
        _spotifyApi?.Dispose();
        await _gate.DisposeAsync();
    }

    /// <summary>The same rendition at an address that is good now: links die, also while they are fetched from.</summary>
    private async Task<SourceFormat?> LookUpAgainAsync(
        SourcePage page,
        MediaInfo known,
        SourceFormat format,
        CancellationToken cancellationToken
    )
    {
        // An address that led to the file leads to a link that is good now; looking would use up one that is good once.
        if (known.Formats is [_] && format.Url != page.Url && PlainLook.IsWorthIt(page))
            return format with { Url = page.Url };
        var info = await InspectAsync(page, new InspectOptions { BypassCache = true }, cancellationToken);
        return info.Formats.FirstOrDefault(one => one.Id == format.Id && one.Protocol == format.Protocol);
    }

    /// <summary>What the file will take, as far as it can be told; the sound of a long film as wav exceeds its source many times.</summary>
    private static long MadeBytes(ExtractionPlan plan) =>
        Forecast.Of(plan) is { IsFirm: true, Bytes: { } bytes } ? bytes : 0;

    private static void RefuseList(MediaInfo info)
    {
        if (info.IsPlaylist)
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{info.Title}\" is a list of {info.PlaylistCount ?? info.Entries!.Count} media. Ask for its entries one by one."
            );
    }

    private static void RefuseWhatIsNoFile(MediaInfo info)
    {
        RefuseList(info);
        if (info.IsLive)
            throw new MediaException(
                MediaError.UnsupportedUrl,
                $"\"{info.Title}\" is on air now, and has no end: it can be recorded (as a recording, with a longest duration), or had when it has ended."
            );
    }

    private ExtractionRun Run(ExtractionPlan plan, string directory, ProgressMeter meter, StartFetch start) =>
        new(plan, directory, meter, start, _ffprobe, _ffmpeg, _verification, _thumbnail, _subtitles, _join, _time);

    private async Task<ExtractionResult> MakeAsync(
        SourcePage page,
        ExtractionPlan plan,
        string directory,
        ProgressMeter meter,
        CancellationToken cancellationToken
    )
    {
        // What is kept gives way before a job fails for want of room.
        _kept?.MakeRoom(Math.Min(_options.MaxBytes, (plan.EstimatedFetchBytes ?? 0) + (Forecast.Of(plan).Bytes ?? 0)));
        var (fetch, wasKept) = (FetchFrom(page, plan.Info), false);
        try
        {
            return await Run(plan, directory, meter, Begin).RunAsync(cancellationToken);
        }
        catch (MediaException full) when (full.Error == MediaError.Overloaded)
        {
            _kept?.MakeRoom(_options.MaxBytes);
            throw;
        }
        catch (MediaException failure)
        {
            // Only what came out shows whether what was fetched was good: the next try must not be given the same again.
            foreach (var key in plan.Sources.Select(source => KeepingKey.Of(plan.Info, source)).OfType<string>())
                _kept?.Forget(key);
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
            _fetcher.Start(
                format,
                KeepingKey.Of(info, format),
                path,
                again => LookUpAgainAsync(page, info, format, again),
                progress,
                stop
            );

    private static void Empty(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var child in Directory.EnumerateDirectories(directory))
            Directory.Delete(child, recursive: true);
        foreach (var file in Directory.EnumerateFiles(directory))
            File.Delete(file);
    }
}
