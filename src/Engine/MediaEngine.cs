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
    private readonly EntryLookUp _entries;
    private readonly InfoCache _cache;
    private readonly Fetcher _fetcher;
    private readonly ProbeCompletion _completion;
    private readonly Thumbnail _thumbnail;
    private readonly KeptFiles? _kept;
    private readonly KeptResults? _results;
    private readonly MediaMaker _maker;
    private readonly Recorder _recorder;

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
        var pages = new SourceLookUp(_extractor, songs, new HlsLook(_gate, time), LookUps);
        _entries = new EntryLookUp(pages, InspectAsync);
        _cache = new InfoCache(options.InfoTimeToLive, time);
        _kept = options.Keep is { } keep ? new KeptFiles(keep, time) : null;
        _results = _kept is null ? null : new KeptResults(_kept);
        _fetcher = new Fetcher(options, _gate, _extractor.DownloadAsync, _kept, time, loggers.CreateLogger<Fetcher>());
        var ffprobe = new Ffprobe(options, time, loggers.CreateLogger<Ffprobe>());
        _completion = new ProbeCompletion(_gate, ffprobe, loggers.CreateLogger<ProbeCompletion>());
        _thumbnail = new Thumbnail(options, _gate, time, loggers.CreateLogger<Thumbnail>());
        var small = options with { MaxBytes = SubtitleFetch.MaxBytes };
        var subtitles = new SubtitleFetch(
            new Fetcher(small, _gate, _extractor.DownloadAsync, null, time, loggers.CreateLogger<Fetcher>())
        );
        Transcripts = new Transcripts(InspectAsync, subtitles);
        var tools = new RunTools(
            ffprobe,
            new Ffmpeg(options, loggers.CreateLogger<Ffmpeg>()),
            new Verification(ffprobe, loggers.CreateLogger<Verification>()),
            _thumbnail,
            subtitles,
            new PartJoin(options, ffprobe, loggers.CreateLogger<PartJoin>()),
            time
        );
        var logger = loggers.CreateLogger<MediaEngine>();
        _maker = new MediaMaker(_fetcher, _kept, tools, InspectAsync, options.MaxBytes, logger);
        _recorder = new Recorder(options, _gate, ffprobe, time, logger);
    }

    /// <summary>The one way to the network, for what else the host of the engine sends out.</summary>
    public EgressGate Egress => _gate;

    /// <summary>Text of media, from their subtitles.</summary>
    public Transcripts Transcripts { get; }

    /// <summary>Warms the extractor, ffprobe and ffmpeg, so that the first look-up and download are as quick as the next. What is needed for none of the addresses is left out; none stand for any.</summary>
    public async Task StartAsync(IReadOnlyCollection<Uri> addresses, CancellationToken cancellationToken)
    {
        var extractor = _extractor.StartForAsync(addresses, cancellationToken);
        // A look-up comes before the others are wanted, and nothing is to take the processor from what that waits for.
        if (_options.IsForOne)
            await extractor.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ForkServers.Prepare(_options.FfprobePath);
        ForkServers.Prepare(_options.FfmpegPath);
        await extractor;
    }

    /// <summary>Begins to look up for commands of the same user, where the options name a socket; to be called once.</summary>
    public void LendLookUps() => _extractor.Lend();

    /// <summary>Counts of platforms' answers, for whoever keeps them.</summary>
    public LookUpTally LookUps { get; }

    /// <summary>The extractor at work, and the outcome of its last replacement.</summary>
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
                await _completion.CompleteAsync(await _entries.FindAsync(page, inspect, stop), page, stop) with
                {
                    Scope = page.Identity?.Scope,
                },
            cancellationToken
        );
    }

    /// <summary>Decides what to fetch and make, within the engine's limit of bytes or the caller's own. Pure.</summary>
    /// <exception cref="MediaException"><c>unknown_format</c>, <c>too_large</c>.</exception>
    public ExtractionPlan Plan(MediaInfo info, OutputRequest request, long maxBytes = long.MaxValue)
    {
        var plan = Planner.Plan(info, request);
        Refusals.EnsureSize(plan, Math.Min(maxBytes, _options.MaxBytes));
        return plan;
    }

    /// <summary>Files that could be made of a medium, with the size of each. Pure.</summary>
    public static IReadOnlyList<OutputOption> OptionsOf(MediaInfo info) => OutputOptions.Of(info);

    /// <summary>Fetches, converts and verifies. On failure or cancellation nothing is left in <paramref name="directory"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="request">File to make.</param>
    /// <param name="directory">An empty directory of the run's own.</param>
    /// <param name="progress">Receiver of the progress, at least once a second while bytes or frames move.</param>
    /// <param name="cancellationToken">Token that stops children within a second.</param>
    public Task<ExtractionResult> RunAsync(
        SourcePage page,
        OutputRequest request,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var meter = new ProgressMeter(progress, _time);
        return RunDirectory.UseAsync(
            directory,
            meter,
            async own =>
            {
                var info = await InspectAsync(page, new InspectOptions(), cancellationToken);
                Refusals.EnsureFile(info);
                return await MediaMaker.MakeBestAsync(
                    Plan(info, request),
                    own,
                    plan =>
                        _results is not null && KeepingKey.Of(plan) is { } key
                            ? _results.GetAsync(
                                key,
                                own,
                                progress,
                                all =>
                                    _maker.MakeAsync(page, plan, own, new ProgressMeter(all, _time), cancellationToken),
                                cancellationToken
                            )
                            : _maker.MakeAsync(page, plan, own, meter, cancellationToken)
                );
            }
        );
    }

    /// <summary>Records a live stream, and makes of the recording what was asked for. What has ended by now is fetched as any medium.</summary>
    /// <param name="page">The page.</param>
    /// <param name="request">File to make.</param>
    /// <param name="recording">Length to record, and the directory that keeps it.</param>
    /// <param name="directory">An empty directory of the run's own; as with <see cref="RunAsync"/>.</param>
    /// <param name="progress">Receiver of the progress, whenever there is more.</param>
    /// <param name="close">Token that ends the recording in good order: what there is by then is made and returned.</param>
    /// <param name="cancellationToken">Token that breaks the run off; the recording stays, for the next run to go on with.</param>
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
        return RunDirectory.UseAsync(
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
                    var made = await _maker.MakeRecordedAsync(recorded.Plan, own, meter, cancellationToken);
                    return made with { Gaps = recorded.Gaps };
                }
                return await _maker.MakeEndedAsync(
                    page,
                    await InspectAsync(page, new InspectOptions(), cancellationToken),
                    request,
                    recording,
                    (seen, wish) => Plan(seen, wish),
                    own,
                    meter,
                    cancellationToken
                );
            }
        );
    }

    /// <summary>Brings one picture of a medium, as JPEG: the site's thumbnail, else a frame. On failure or cancellation nothing is left in <paramref name="directory"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="directory">An empty directory of the run's own.</param>
    /// <param name="progress">Receiver of the progress: of the beginning and the end.</param>
    /// <param name="cancellationToken">Token that stops children within a second.</param>
    public Task<ThumbnailResult> RunThumbnailAsync(
        SourcePage page,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    ) =>
        RunDirectory.UseAsync(
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
        Refusals.EnsureOne(info);
        ThumbnailRun.EnsurePossible(info);
    }

    /// <summary>Removes what is kept past its time, or takes room that the disk needs. To be called every now and then.</summary>
    public void TidyKept() => _kept?.Tidy();

    /// <summary>Removes whatever is kept of a medium, so that nobody is given it again.</summary>
    /// <param name="platform">The platform's name.</param>
    /// <param name="id">The medium's there.</param>
    public void ForgetKept(string platform, string id) => _kept?.ForgetAllOf(KeepingKey.Subject(platform, id));

    /// <summary>Health of the engine's parts: versions found, or what is missing and how to get it.</summary>
    public Task<EngineHealth> CheckHealthAsync(CancellationToken cancellationToken) =>
        new EngineHealthCheck(_options, _extractor).CheckAsync(cancellationToken);

    /// <summary>Layers of the children's sandbox that hold on this machine.</summary>
    public Task<EnginePart> CheckSandboxAsync() => SandboxCheck.CheckAsync(_options.Sandbox);

    /// <summary>Whether ffmpeg can make all that may be asked for.</summary>
    public Task<EnginePart> CheckEncodersAsync(CancellationToken cancellationToken) =>
        EncoderCheck.CheckAsync(_options.FfmpegPath, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _extractor.DisposeAsync();
        _spotifyApi?.Dispose();
        await _fetcher.DisposeAsync();
        await _gate.DisposeAsync();
    }
}
