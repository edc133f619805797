using System.Net;
using System.Text.Json;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// Looks up what is a media file itself: we ask the origin, and say what the answer is where that is plain (<c>docs/adr/0074</c>);
/// else the extractor's parent process says it, without a child (<c>docs/adr/0025</c>). Whatever is no file is left to a look-up of
/// the extractor's own, which alone judges what is wrong with it.
/// </summary>
internal sealed partial class PlainLook(EgressGate gate, EngineOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Bytes that yt-dlp reads to tell a file from a page.</summary>
    private const int BeginningLength = 512;

    /// <summary>A slow origin is the extractor's: it has the patience.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Seconds of a warm parent's processor time: twenty times what it takes, and no more than nobody notices.</summary>
    private const double Glance = 0.05;

    /// <summary>The same of a cold one, which loads the platforms' patterns first.</summary>
    private const double ColdGlance = 3;

    /// <summary>Time to wait for an origin that the extractor has given up on: longer than the extractor's own 20 s for a byte.</summary>
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(45);

    /// <summary>Extensions of addresses that are asked for directly; a page would only be asked for twice.</summary>
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4",
        ".m4v",
        ".mov",
        ".mkv",
        ".webm",
        ".avi",
        ".flv",
        ".wmv",
        ".mpg",
        ".mpeg",
        ".ogv",
        ".3gp",
        ".mp3",
        ".m4a",
        ".m4b",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".wav",
        ".flac",
        ".aiff",
        ".wma",
    };

    private static readonly string[] UnnamedTypes = ["application/octet-stream", "binary/octet-stream"];

    private readonly CurrentSites _sites = new(options);

    /// <summary>False where all are looked up without the extractor's process, unless they turn out otherwise.</summary>
    public async Task<bool> NeedsParentAsync(IReadOnlyCollection<Uri> addresses, CancellationToken cancellationToken) =>
        !addresses.All(address => IsWorthIt(address))
        // The index is read beside what the caller does meanwhile.
        || await Task.Run(() => _sites.Of(null) is not { } sites || addresses.Any(sites.MayClaim), cancellationToken);

    /// <summary>Reads the index of sites now, so that the first look-up need not.</summary>
    public void Prepare(ExtractorFiles? files) => _sites.Of(files);

    /// <summary>False for a person's cookies and for platforms with pages of their own, which are the extractor's.</summary>
    public static bool IsWorthIt(SourcePage page) =>
        page is { Identity: null, Entry: null }
        && Platform.Of(page.Url) == Platform.Other
        && Extensions.Contains(Path.GetExtension(page.Url.AbsolutePath));

    /// <summary>An address that leads to the file itself, by whatever name.</summary>
    public static bool IsFile(SourcePage page, MediaInfo info) =>
        IsWorthIt(page) || (info.IsFile && page is { Identity: null, Entry: null });

    /// <summary>The same for an origin that the extractor has given up: a file's address need not say that it is one.</summary>
    public static bool IsWorthPatience(SourcePage page) =>
        IsWorthIt(page)
        || (
            page is { Identity: null, Entry: null }
            && Platform.Of(page.Url) == Platform.Other
            && Path.GetExtension(page.Url.AbsolutePath).Length == 0
        );

    /// <param name="files">Files of the extractor at work (<see cref="Worker.Files"/>).</param>
    /// <param name="process">A warm one, which is had only where it is needed.</param>
    /// <param name="asked">The address.</param>
    /// <param name="cancellationToken">Token that ends the look-up.</param>
    /// <returns>Null where it is not plain.</returns>
    public Task<LookedUp?> TryAsync(
        ExtractorFiles? files,
        Func<Task<WorkerProcess>> process,
        Uri asked,
        CancellationToken cancellationToken
    ) => TryAsync(_sites.Of(files), process, asked, Patience, retries: null, cancellationToken);

    /// <summary>Waits longer than the extractor, and asks a busy origin again as often as any fetch does.</summary>
    /// <inheritdoc cref="TryAsync(ExtractorFiles?, Func{Task{WorkerProcess}}, Uri, CancellationToken)"/>
    public Task<LookedUp?> TryPatientlyAsync(WorkerProcess process, Uri asked, CancellationToken cancellationToken) =>
        TryAsync(
            sites: null,
            () => Task.FromResult(process),
            asked,
            LongPatience,
            new Retries(new FetchLimits { MaxBytes = 0, MinimumRate = 0 }),
            cancellationToken
        );

    private async Task<LookedUp?> TryAsync(
        SiteClaims? sites,
        Func<Task<WorkerProcess>> process,
        Uri asked,
        TimeSpan longest,
        Retries? retries,
        CancellationToken cancellationToken
    )
    {
        var seconds = retries is null && !options.IsForOne ? Glance : ColdGlance;
        using var deadline = new CancellationTokenSource(longest, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        HttpResponseMessage? answer = null;
        LookedUp? found = null;
        try
        {
            var headers = sites?.Headers ?? (await (await process()).Ready).Headers;
            answer = await OpenAsync(asked, headers, retries, patience.Token);
            if (answer is not null)
            {
                found =
                    (sites is null ? null : Describe(sites, asked, answer))
                    ?? await RecognizeAsync(await process(), asked, answer, seconds, patience.Token);
            }

            return found;
        }
        catch (Exception failure) when (IsOrigins(failure) && !cancellationToken.IsCancellationRequested)
        {
            LogNotPlain(failure, asked.Host);
            return null;
        }
        finally
        {
            if (found?.Opened is null)
                answer?.Dispose();
        }
    }

    /// <returns>The answer of the last address, where it has a file that begins at its beginning; null else.</returns>
    private async Task<HttpResponseMessage?> OpenAsync(
        Uri asked,
        IReadOnlyDictionary<string, string> headers,
        Retries? retries,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var answer = await AskAsync(asked, headers, cancellationToken);
            if (IsFile(answer))
                return answer;
            using (answer)
            {
                if (retries is null || answer.IsSuccessStatusCode)
                    return null;
                var asksFor = FetchFailure.ReadRetryAfter(answer.Headers.RetryAfter, time);
                var refusal = new FetchException(FetchFailure.Of(answer.StatusCode, asked.IdnHost, asksFor));
                await Task.Delay(retries.After(refusal.Failure, refusal), time, cancellationToken);
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(
        Uri asked,
        IReadOnlyDictionary<string, string> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = new RemoteFile(asked, headers).Request(HttpMethod.Get);
        request.Headers.TryAddWithoutValidation("Range", "bytes=0-");
        // What wants cookies sent along is the extractor's.
        request.Options.Set(EgressGate.AnswerCookies, true);
        return await gate.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static bool IsFile(HttpResponseMessage answer)
    {
        var headers = answer.Content.Headers;
        return (
                answer.StatusCode == HttpStatusCode.OK
                || answer is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange.From: 0 }
            )
            && TypeOf(answer) is { } type
            && (IsNamed(type) || UnnamedTypes.Contains(type))
            && headers.ContentLength != 0
            && headers.ContentEncoding.Count == 0
            && !answer.Headers.NonValidated.Contains("Set-Cookie");
    }

    /// <returns>In small letters, without parameters.</returns>
    private static string? TypeOf(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();

    private static bool IsNamed(string type) =>
        type.StartsWith("audio/", StringComparison.Ordinal)
        || type.StartsWith("video/", StringComparison.Ordinal)
        || type == "application/ogg";

    /// <summary>Answers for the process, where the index and the answer say all that it would.</summary>
    /// <returns>Null where it has to.</returns>
    private LookedUp? Describe(SiteClaims sites, Uri asked, HttpResponseMessage answer)
    {
        var url = answer.RequestMessage!.RequestUri!;
        return
            !sites.MayClaim(asked)
            && (url == asked || !sites.MayClaim(url))
            && FileRecord.TryDescribe(url, answer.Content.Headers, sites.Headers) is { } record
            ? new LookedUp(InfoMapping.Map(record, asked, time.GetUtcNow()), answer)
            : null;
    }

    private async Task<LookedUp?> RecognizeAsync(
        WorkerProcess process,
        Uri asked,
        HttpResponseMessage answer,
        double seconds,
        CancellationToken cancellationToken
    )
    {
        // Where the type says what it is nobody looks at the bytes, and the answer can be passed on unread.
        var isNamed = IsNamed(TypeOf(answer)!);
        var beginning = isNamed ? [] : await BeginningOfAsync(answer, cancellationToken);
        var request = new RecognizeRequest(
            asked.AbsoluteUri,
            answer.RequestMessage!.RequestUri!.AbsoluteUri,
            HeadersOf(answer),
            beginning,
            seconds
        );
        return
            await process.AskAsync(request, Patience, null, cancellationToken)
                is WorkerReply.Answered { Message: var said }
            && said.GetProperty("info") is { ValueKind: JsonValueKind.Object } info
            ? new LookedUp(InfoMapping.Map(info, asked, time.GetUtcNow()), isNamed ? answer : null)
            : null;
    }

    private static async Task<byte[]> BeginningOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var beginning = new byte[BeginningLength];
        var read = await body.ReadAtLeastAsync(
            beginning,
            BeginningLength,
            throwOnEndOfStream: false,
            cancellationToken
        );
        return beginning[..read];
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage answer) =>
        answer
            .Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The extractor says what is wrong.</summary>
    private static bool IsOrigins(Exception failure) =>
        failure
            is MediaException
                or HttpRequestException
                or IOException
                or OperationCanceledException
                or WorkerLostException;

    [LoggerMessage(LogLevel.Debug, "What {Host} has is not plainly a file")]
    private partial void LogNotPlain(Exception failure, string host);
}
