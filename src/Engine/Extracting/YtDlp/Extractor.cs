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

    private static readonly Uri MusicSite = new("https://music.youtube.com/");
    private static readonly Uri VideoSite = new("https://www.youtube.com/");

    private readonly Worker _worker = new(options, gate.CaBundle, time, logger);
    private readonly LentExtractor _lent = new(options, time, logger);
    private readonly PlainLook _plain = new(gate, options, time, logger);

    /// <summary>First come, first served; strangers are held back before they come here.</summary>
    private readonly SemaphoreSlim _lookUps = new(options.LookUps);

    /// <summary>Whether look-ups are possible, and with what.</summary>
    public ExtractorStatus Status => _worker.Status;

    /// <summary>Starts the parent and returns once it is warm; safe to call more than once.</summary>
    /// <exception cref="MediaException"><c>overloaded</c> where it cannot be had; <see cref="Status"/> says why. It is tried again until disposal.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.IsForOne)
        {
            await _worker.GetProcessAsync(cancellationToken);
            return;
        }

        // A parent that is made ready for many reads them at its start.
        await gate.CaBundleWritten.WaitAsync(cancellationToken);
        await _worker.GetProcessAsync(cancellationToken);
        _plain.Prepare(_worker.Files);
    }

    /// <summary>The same where these addresses need it; none stand for any.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task StartForAsync(IReadOnlyCollection<Uri> addresses, CancellationToken cancellationToken)
    {
        var needsOne = addresses.Count == 0 || await _plain.NeedsParentAsync(addresses, cancellationToken);
        // Songs of Spotify are searched for, which nobody does for us.
        var mayBorrow = addresses.Count > 0 && addresses.All(address => Platform.Of(address) != Platform.Spotify);
        if (needsOne && !(mayBorrow && await _lent.IsThereAsync(cancellationToken)))
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
        var lent = new LentRequest(url.AbsoluteUri, inspect.MaxEntries, inspect.FromStart) { Entry = record };
        var message =
            page.Identity is null && await _lent.TryAskAsync(lent, cancellationToken) is { } reply
                ? Read(reply, url)
                : await LookAsync(
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
                _worker.Files,
                async () => (turn ??= await TakeTurnAsync(cancellationToken)).Process,
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

        using var turn = await TakeTurnAsync(cancellationToken);
        return await _plain.TryPatientlyAsync(turn.Process, page.Url, cancellationToken);
    }

    /// <summary>Searches for recordings.</summary>
    /// <param name="query">Names, or an ISRC.</param>
    /// <param name="place">Place to search.</param>
    /// <param name="most">Results to read.</param>
    /// <param name="cancellationToken">Token that ends the search.</param>
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

    /// <summary>A request of those that only read pages.</summary>
    private async Task<JsonElement> LookAsync(
        Func<string, WorkerRequest> request,
        Uri url,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return Read(await AskAsync(request, url, cancellationToken), url);
        }
        catch (MediaException failure)
        {
            LookUpFailures.Count(url, failure.Error);
            throw;
        }
    }

    /// <exception cref="MediaException">Nothing was asked, or the gate refused something that the page needs.</exception>
    private async Task<WorkerReply> AskAsync(
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
            using var turn = await TakeTurnAsync(cancellationToken);
            var timeout = options.InspectTimeout;
            // The lease outlives the deadline: one that ended first would look like a broken connection.
            using var lease = gate.OpenLease(new EgressLimits(MaxInspectBytes, timeout + TimeSpan.FromSeconds(10)));
            await using var drip = new DripWatch(lease, options.LookUpSilence, time, cancellationToken);
            var reply = await drip.WatchAsync(
                turn.AskAsync(request(ProxyOf(lease)), timeout, null, url, drip.Token),
                url
            );
            return
                reply is WorkerReply.Failed { Failure: var failure }
                && FindRefusal(failure, url, lease, isDownload: false) is { } refusal
                ? throw refusal
                : reply;
        }
        finally
        {
            _lookUps.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_lending?.DisposeAsync() ?? ValueTask.CompletedTask);
        _lent.Dispose();
        await _worker.DisposeAsync();
        _lookUps.Dispose();
    }

    private async Task<WorkerTurn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await gate.CaBundleWritten.WaitAsync(cancellationToken);
        return await _worker.TakeTurnAsync(cancellationToken);
    }

    /// <summary>Address of the proxy, with the lease's user name and password in it.</summary>
    private static string ProxyOf(EgressLease lease) => lease.Proxy.AbsoluteUri;

    private JsonElement Read(WorkerReply reply, Uri url) =>
        reply switch
        {
            WorkerReply.Answered answer => answer.Message,
            WorkerReply.Failed { Failure: var failure } => throw Explain(failure, url),
            _ => throw new InvalidOperationException("The worker's last word is neither an answer nor a failure."),
        };

    private MediaException Explain(WorkerFailure failure, Uri url) => ErrorMapping.Map(failure, url, time.GetUtcNow());

    [LoggerMessage(LogLevel.Debug, "The extractor failed at {Host} ({Kind}): {Message}")]
    private partial void LogFailure(string host, string kind, string message);
}
