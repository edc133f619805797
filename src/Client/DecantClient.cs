using Decant.Client.Fetching;
using Decant.Client.Wire;

namespace Decant.Client;

/// <summary>
/// A client of one Decant server, for as many calls at once as one likes. What fails on the way is tried again where that is of
/// use; what is left is a <see cref="DecantException"/>.
/// </summary>
public sealed class DecantClient : IDisposable
{
    /// <summary>
    /// For the server to stop a job whose caller has given up. Longer than a busy server takes: one whose answer is not waited
    /// for takes the cancelling back, and the job goes on and is paid for. One that is out of reach is known to be sooner.
    /// </summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private const string ApiPath = "/api/v1";

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly TimeProvider _time;
    private readonly ApiCalls _calls;
    private readonly Following _following;

    /// <param name="server">Address of the server, such as <c>http://127.0.0.1:8080</c>, with or without <c>/api/v1</c>.</param>
    /// <param name="credential">An API key or an access token.</param>
    public DecantClient(Uri server, DecantCredential credential)
        // A redirect would take the credential along, and no Decant server sends one.
        : this(server, credential, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })) =>
        _ownsHttp = true;

    /// <param name="server">Address of the server, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="credential">An API key or an access token.</param>
    /// <param name="http">Sends everything, and stays the caller's: for a proxy, or a factory's handlers. It should not follow redirects, nor send credentials of its own.</param>
    /// <param name="time">The clock; the system's otherwise.</param>
    public DecantClient(Uri server, DecantCredential credential, HttpClient http, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(http);
        if (!server.IsAbsoluteUri || server.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{server}' is not an absolute http or https address.", nameof(server));
        }

        _http = http;
        _time = time ?? TimeProvider.System;
        var root = RootOf(server);
        _calls = new ApiCalls(http, root, credential, _time);
        _following = new Following(_calls, _time);
    }

    /// <summary>Looks a URL up; nothing is fetched, and nothing charged.</summary>
    /// <param name="url">The page or file.</param>
    /// <param name="includeFormats">List what the source offers (or a list's entries) as well.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DecantException">Refused, or unreachable.</exception>
    public Task<MediaInfo> InfoAsync(
        string url,
        bool includeFormats = false,
        CancellationToken cancellationToken = default
    ) => _calls.InfoAsync(url, includeFormats, cancellationToken);

    /// <summary>Text of what is said in a medium, from its subtitles; free, and nothing is fetched but them.</summary>
    /// <param name="url">The page or file.</param>
    /// <param name="language">Language (BCP 47) of the subtitles; null is the medium's own, else the first that there is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DecantException"><c>unknown_format</c> where there are no subtitles, or none in that language; unreachable.</exception>
    public Task<Transcript> TranscriptAsync(
        string url,
        string? language = null,
        CancellationToken cancellationToken = default
    ) => _calls.TranscriptAsync(url, language, cancellationToken);

    /// <summary>Queues a download, once however often it has to be sent.</summary>
    /// <param name="url">The page or file.</param>
    /// <param name="options">Options of the download.</param>
    /// <param name="cancellationToken">Gives up; whether the job was accepted is then told by sending it again with its <see cref="DownloadOptions.IdempotencyKey"/>.</param>
    /// <exception cref="DecantException">Refused, or unreachable.</exception>
    public Task<Accepted> SubmitAsync(
        string url,
        DownloadOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _calls.SubmitAsync(url, options ?? new DownloadOptions(), cancellationToken);

    /// <summary>The job whenever it changes; the last one has ended. By the server's events, or by asking every two seconds where those do not come through.</summary>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Stops watching; the job goes on.</param>
    /// <exception cref="DecantException">There is no such job, or the server is unreachable.</exception>
    public IAsyncEnumerable<Job> WatchAsync(long id, CancellationToken cancellationToken = default) =>
        _following.WatchAsync(id, cancellationToken);

    /// <summary>Gets a job.</summary>
    /// <exception cref="DecantException">There is no such job, or the server is unreachable.</exception>
    public Task<Job> GetJobAsync(long id, CancellationToken cancellationToken = default) =>
        _calls.JobAsync(id, cancellationToken);

    /// <summary>The caller's jobs, page by page.</summary>
    /// <exception cref="DecantException">Refused, or unreachable.</exception>
    public Task<JobPage> ListJobsAsync(JobQuery? query = null, CancellationToken cancellationToken = default) =>
        _calls.ListAsync(query ?? new JobQuery(), cancellationToken);

    /// <summary>Stops a job, which then costs nothing; a live recording is closed and kept. Cancelling twice is cancelling once.</summary>
    /// <exception cref="DecantException"><c>wrong_state</c> for a job that has ended otherwise; <c>not_found</c>.</exception>
    public Task<Job> CancelAsync(long id, CancellationToken cancellationToken = default) =>
        _calls.CancelAsync(id, cancellationToken);

    /// <summary>Downloads a URL to a file: queues the job, follows it, fetches the file with resume and verifies its length.</summary>
    /// <param name="url">The page or file; of a list one entry is taken, the first or the one that <see cref="DownloadOptions.PlaylistItems"/> names.</param>
    /// <param name="options">Options of the download, with its destination.</param>
    /// <param name="progress">Receiver that is told whenever the job changes and bytes arrive.</param>
    /// <param name="cancellationToken">Gives up, and stops the job unless <see cref="DownloadOptions.CancelJob"/> says otherwise. Nothing is left on the disk.</param>
    /// <exception cref="DecantException">Refused, failed, cancelled elsewhere, or unreachable.</exception>
    public async Task<DownloadResult> DownloadAsync(
        string url,
        DownloadOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new DownloadOptions();
        PartFile.EnsureFree(options.Path, options.Replace);
        var job = await MakeAsync(url, options, progress, cancellationToken);
        return await FetchAsync(job, options.Path, progress, options.Replace, cancellationToken);
    }

    /// <inheritdoc cref="DownloadAsync(string, DownloadOptions?, IProgress{DownloadProgress}?, CancellationToken)"/>
    /// <param name="destination">Gets the file from where it stands, and stays open. One that can seek is set back where the file has to begin anew.</param>
    public async Task<DownloadResult> DownloadAsync(
        string url,
        Stream destination,
        DownloadOptions? options = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(destination);
        var job = await MakeAsync(url, options ?? new DownloadOptions(), progress, cancellationToken);
        return await FetchAsync(job, destination, progress, cancellationToken);
    }

    /// <summary>Fetches the file of a completed job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="path">Destination, as <see cref="DownloadOptions.Path"/>.</param>
    /// <param name="progress">Receiver that is told whenever bytes arrive.</param>
    /// <param name="replace">True to replace a file that is there, as <see cref="DownloadOptions.Replace"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DecantException">The file is gone, did not come whole, or another is in its place.</exception>
    public async Task<DownloadResult> FetchAsync(
        Job job,
        string? path = null,
        IProgress<DownloadProgress>? progress = null,
        bool replace = false,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        PartFile.EnsureFree(path, replace);
        var fetch = FetchOf(job);
        var head = await fetch.HeadAsync(NameOf(job), cancellationToken);
        await using var file = PartFile.Create(path, head.Name, replace, out var whole);
        var result = await BringAsync(job, fetch, head, file.Destination, whole, progress, cancellationToken);
        await file.KeepAsync();
        return result;
    }

    /// <inheritdoc cref="FetchAsync(Job, string?, IProgress{DownloadProgress}?, bool, CancellationToken)"/>
    /// <param name="destination">Gets the file from where it stands, and stays open.</param>
    public async Task<DownloadResult> FetchAsync(
        Job job,
        Stream destination,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(destination);
        var fetch = FetchOf(job);
        var head = await fetch.HeadAsync(NameOf(job), cancellationToken);
        return await BringAsync(job, fetch, head, new Destination(destination), null, progress, cancellationToken);
    }

    /// <summary>Closes the connections, where they are the client's own.</summary>
    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    /// <returns>The completed job.</returns>
    private async Task<Job> MakeAsync(
        string url,
        DownloadOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        if (options.PlaylistItems?.AsSpan().ContainsAny(',', '-') == true)
        {
            throw new ArgumentException(
                $"'{options.PlaylistItems}' picks several entries, and this brings one file: submit them, and fetch each.",
                nameof(options)
            );
        }

        var one = options with { PlaylistItems = options.PlaylistItems ?? "1" };
        var job = (await _calls.SubmitAsync(url, one, cancellationToken)).Job;
        try
        {
            await foreach (var seen in _following.WatchAsync(job.Id, cancellationToken))
            {
                job = seen;
                progress?.Report(new DownloadProgress(job, 0));
            }
        }
        catch (OperationCanceledException) when (options.CancelJob)
        {
            await StopAsync(job.Id);
            throw;
        }

        return job.Status == JobStatus.Completed ? job : throw Refusals.Of(job);
    }

    private async Task StopAsync(long id)
    {
        using var soon = new CancellationTokenSource(StopWithin, _time);
        try
        {
            await _calls.CancelAsync(id, soon.Token);
        }
        catch (Exception exception) when (exception is DecantException or OperationCanceledException)
        {
            // It ended meanwhile, or the server is out of reach: that the caller has given up is all there is to say.
        }
    }

    private FileFetch FetchOf(Job job) =>
        new(
            _http,
            async cancellationToken =>
                (await _calls.JobAsync(job.Id, cancellationToken)).DownloadUrl
                ?? throw new DecantException(DecantException.FileGone, $"Job {job.Id} has no file, or none any more.")
                {
                    Job = job,
                },
            _time
        );

    /// <summary>The address before the API's own path, which may have been given with it; a server behind a path has that before all of ours.</summary>
    private static Uri RootOf(Uri server)
    {
        var address = server.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(
            (address.EndsWith(ApiPath, StringComparison.OrdinalIgnoreCase) ? address[..^ApiPath.Length] : address) + "/"
        );
    }

    private static string NameOf(Job job) => $"video_{job.Id}.{job.Format}";

    private static async Task<DownloadResult> BringAsync(
        Job job,
        FileFetch fetch,
        FileHead head,
        Destination destination,
        string? path,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var length = await fetch.FetchAsync(
            head,
            destination,
            received => progress?.Report(new DownloadProgress(job, received)),
            cancellationToken
        );
        return length == (job.FileSize ?? length)
            ? new DownloadResult(job, path, length, head.ContentType)
            : throw new DecantException(
                DecantException.WrongLength,
                $"The file of job {job.Id} has {length} bytes, and {job.FileSize} were announced."
            )
            {
                Job = job,
            };
    }
}
