using System.Text.Json;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor process: a warm Python parent that forks for each request (see <c>worker/</c>).</summary>
internal sealed partial class Extractor(
    EngineOptions options,
    EgressGate gate,
    TimeProvider time,
    ILogger<Extractor> logger
) : IAsyncDisposable
{
    /// <summary>All that a page and what it needs may weigh.</summary>
    private const long MaxInspectBytes = 64L << 20;

    /// <summary>Address space of one child; a look-up takes a tenth of it.</summary>
    private const long ChildMemory = 1L << 30;

    /// <summary>A download may take this long while it keeps up the minimum rate.</summary>
    public static readonly TimeSpan LongestDownload = TimeSpan.FromHours(24);

    private static readonly Uri MusicSite = new("https://music.youtube.com/");
    private static readonly Uri VideoSite = new("https://www.youtube.com/");

    private readonly Worker _worker = new(options, gate.CaBundle, time, logger);
    private readonly PlainLook _plain = new(gate, options, time, logger);

    /// <summary>First come, first served; strangers are held back before they come here.</summary>
    private readonly SemaphoreSlim _lookUps = new(options.LookUps);

    /// <summary>Whether look-ups are possible, and with what.</summary>
    public ExtractorStatus Status => _worker.Status;

    /// <summary>Starts the parent and returns once it is warm; safe to call more than once.</summary>
    /// <exception cref="MediaException"><c>overloaded</c> where it cannot be had; <see cref="Status"/> says why. It is tried again until disposal.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await _worker.GetProcessAsync(cancellationToken);

    /// <summary>The same where these addresses need it; none stand for any.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task StartForAsync(IReadOnlyCollection<Uri> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0 || await _plain.NeedsParentAsync(addresses, cancellationToken))
        {
            await StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="Worker.ReloadAsync"/>
    public Task<ExtractorReload> ReloadAsync(CancellationToken cancellationToken) =>
        _worker.ReloadAsync(cancellationToken);

    /// <summary>Looks a URL up. Cached answers and joined look-ups are the business of <see cref="InfoCache"/>.</summary>
    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public Task<MediaInfo> InspectAsync(SourcePage page, InspectOptions inspect, CancellationToken cancellationToken) =>
        InspectAsync(page, inspect, record: null, cancellationToken);

    /// <summary>Looks up an entry of a page that has been looked up.</summary>
    /// <exception cref="MediaException">With the code that says why it cannot be had.</exception>
    public async Task<MediaInfo> InspectAsync(
        SourcePage page,
        InspectOptions inspect,
        JsonElement? record,
        CancellationToken cancellationToken
    )
    {
        var url = page.Url;
        var timeout = options.InspectTimeout.TotalSeconds;
        var message = await LookAsync(
            proxy => new InspectRequest(url.AbsoluteUri, proxy, timeout, inspect.MaxEntries, ChildMemory)
            {
                Cookies = page.Identity?.Cookies,
                FromStart = inspect.FromStart,
                Entry = record,
            },
            url,
            cancellationToken
        );
        if (message.Field("info") is not { ValueKind: JsonValueKind.Object } info)
        {
            throw ErrorMapping.Map(WorkerFailure.Nonsense, url, time.GetUtcNow());
        }

        if (page.Identity?.KeepRenewed is { } keep && RenewedCookies.Read(message) is { Count: > 0 } renewed)
        {
            await keep(renewed, cancellationToken);
        }

        return InfoMapping.Map(info, url, time.GetUtcNow());
    }

    /// <summary>Looks up an address that is a media file itself, in a fraction of the time.</summary>
    /// <returns>Null where it is anything else, or fails: <c>InspectAsync</c> tells what.</returns>
    public async Task<LookedUp?> TryInspectPlainAsync(SourcePage page, CancellationToken cancellationToken)
    {
        if (!PlainLook.IsWorthIt(page))
        {
            return null;
        }

        WorkerTurn? turn = null;
        try
        {
            return await _plain.TryAsync(
                async () => (turn ??= await _worker.TakeTurnAsync(cancellationToken)).Process,
                page.Url,
                cancellationToken
            );
        }
        finally
        {
            turn?.Dispose();
        }
    }

    /// <summary>The same with more patience, for what the extractor had too little for.</summary>
    /// <returns>Null likewise.</returns>
    public async Task<LookedUp?> TryInspectSlowAsync(SourcePage page, CancellationToken cancellationToken)
    {
        if (!PlainLook.IsWorthPatience(page))
        {
            return null;
        }

        using var turn = await _worker.TakeTurnAsync(cancellationToken);
        return await _plain.TryPatientlyAsync(turn.Process, page.Url, cancellationToken);
    }

    /// <summary>Searches for recordings.</summary>
    /// <param name="query">Names, or an ISRC.</param>
    /// <param name="place">Where.</param>
    /// <param name="most">Results to read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>In the order of the site; none where it found nothing.</returns>
    /// <exception cref="MediaException">With the code that says why it could not be searched.</exception>
    public async Task<IReadOnlyList<SearchResult>> SearchAsync(
        string query,
        SearchPlace place,
        int most,
        CancellationToken cancellationToken
    )
    {
        var timeout = options.InspectTimeout.TotalSeconds;
        var (name, site) = place switch
        {
            SearchPlace.Songs => ("songs", MusicSite),
            _ => ("videos", VideoSite),
        };
        var message = await LookAsync(
            proxy => new SearchRequest(query, name, proxy, timeout, most, ChildMemory),
            site,
            cancellationToken
        );
        return SearchMapping.Map(message, place);
    }

    /// <summary>Fetches one format with the extractor's own downloader, for protocols we do not speak ourselves.</summary>
    /// <exception cref="MediaException"><c>too_large</c>, <c>source_timeout</c> and what else a source can do. Nothing is left at <paramref name="path"/> then.</exception>
    public async Task DownloadAsync(
        SourceFormat format,
        string path,
        long maxBytes,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var turn = await _worker.TakeTurnAsync(cancellationToken);
        // Manifests, retries and segment headers come on top of the file.
        using var lease = gate.OpenLease(
            new EgressLimits(maxBytes + (maxBytes / 8) + MaxInspectBytes, LongestDownload)
        );
        await using var stall = new StallWatch(options.MinimumRate, time, cancellationToken);
        var request = new DownloadRequest(
            format.Raw,
            path,
            ProxyOf(lease),
            LongestDownload.TotalSeconds,
            maxBytes,
            ChildMemory
        );
        try
        {
            var reply = await turn.AskAsync(request, LongestDownload, OnProgress, format.Url, stall.Token);
            if (reply is WorkerReply.Failed { Failure: var failure })
            {
                throw Explain(failure, format.Url, lease, isDownload: true);
            }
        }
        catch (OperationCanceledException) when (stall.Stalled && !cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"{format.Url.Host} sent less than {options.MinimumRate} bytes a second for a minute; try again later."
            );
        }

        void OnProgress(WorkerProgress report)
        {
            // Its own word on them is whoever's it is by now.
            stall.Advance(lease.BytesReceived);
            progress.Report(new FetchProgress(report.Bytes, report.Total, report.Speed));
        }
    }

    /// <summary>A request of those that only read pages.</summary>
    private async Task<JsonElement> LookAsync(
        Func<string, WorkerRequest> request,
        Uri url,
        CancellationToken cancellationToken
    )
    {
        if (!await _lookUps.WaitAsync(options.InspectTimeout, cancellationToken))
        {
            throw new MediaException(
                MediaError.Overloaded,
                "Too many addresses are being looked up at present; try again later."
            );
        }

        try
        {
            using var turn = await _worker.TakeTurnAsync(cancellationToken);
            var timeout = options.InspectTimeout;
            // The lease outlives the deadline: one that ended first would look like a broken connection.
            using var lease = gate.OpenLease(new EgressLimits(MaxInspectBytes, timeout + TimeSpan.FromSeconds(10)));
            await using var drip = new DripWatch(lease, options.LookUpSilence, time, cancellationToken);
            return await drip.WatchAsync(
                turn.AskAsync(request(ProxyOf(lease)), timeout, null, url, drip.Token),
                url
            ) switch
            {
                WorkerReply.Answered answer => answer.Message,
                WorkerReply.Failed { Failure: var failure } => throw Explain(failure, url, lease, isDownload: false),
                _ => throw new InvalidOperationException("The worker's last word is neither an answer nor a failure."),
            };
        }
        catch (MediaException failure)
        {
            LookUpFailures.Count(url, failure.Error);
            throw;
        }
        finally
        {
            _lookUps.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        _lookUps.Dispose();
    }

    /// <summary>With the user name and password in it.</summary>
    private static string ProxyOf(EgressLease lease) => lease.Proxy.AbsoluteUri;

    private MediaException Explain(WorkerFailure failure, Uri url, EgressLease lease, bool isDownload)
    {
        LogFailure(url.Host, failure.Kind, failure.Message);
        if (lease.Denial is { } denial)
        {
            return new MediaException(
                MediaError.BlockedAddress,
                $"The page at {url.Host} needs \"{denial.Host}\", which this server does not connect to: {denial.Reason}"
            );
        }

        if (lease.LimitReached)
        {
            return isDownload
                ? new MediaException(
                    MediaError.TooLarge,
                    $"The medium at {url.Host} is larger than what may be fetched."
                )
                : new MediaException(
                    MediaError.SourceFailed,
                    $"The page at {url.Host} is too large: more than {MaxInspectBytes >> 20} MiB came before anything was found."
                );
        }

        return ErrorMapping.Map(failure, url, time.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Debug, "The extractor failed at {Host} ({Kind}): {Message}")]
    private partial void LogFailure(string host, string kind, string message);
}
