using System.CommandLine;
using Decant.Cli.Getting;
using Decant.Cli.Output;
using Decant.Cli.Progress;
using Decant.Client;
using Decant.Engine;
using Decant.Engine.Errors;

namespace Decant.Cli.Remote;

/// <summary><c>decant get --remote</c>: the same request, done by a server, and its files fetched from there.</summary>
internal sealed class RemoteGet
{
    private readonly DecantClient _client;
    private readonly DownloadOptions _options;
    private readonly Destination _destination;
    private readonly int _atOnce;
    private readonly bool _json;
    private readonly Lock _lock = new();
    private int _failed;
    private int _lastCode;

    private RemoteGet(DecantClient client, ParseResult parsed, Destination destination)
    {
        _client = client;
        _destination = destination;
        _options = ReadOptions(parsed, destination);
        _atOnce = GetReading.ReadAtOnce(parsed.GetValue(GetOptions.AtOnce));
        _json = parsed.GetValue(GetOptions.Json);
    }

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        using var interruption = new Interruption();
        try
        {
            if (parsed.GetValue(GetOptions.Archive) is not null)
            {
                throw new MediaException(
                    MediaError.InvalidRequest,
                    "--archive is kept by the machine that fetches; leave it out with --remote"
                );
            }

            var (server, key) = RemoteServer.Find(parsed.GetValue(GetOptions.Remote));
            var destination = new Destination(parsed.GetValue(GetOptions.Out), parsed.GetValue(GetOptions.Force));
            var urls = UrlList.Read(parsed.GetValue(GetOptions.Urls) ?? [], parsed.GetValue(GetOptions.Batch));
            using var client = new DecantClient(server, DecantCredential.ApiKey(key));
            return await new RemoteGet(client, parsed, destination).RunAsync(urls, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Say("interrupted");
            return interruption.Code;
        }
        catch (MediaException failure)
        {
            Say($"{failure.Error.Code}: {failure.Message}");
            return ExitCode.For(failure);
        }
        catch (DecantException failure)
        {
            Say($"{failure.Code}: {failure.Message}");
            return RemoteServer.CodeOf(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say(failure.Message);
            return ExitCode.Failed;
        }
    }

    private async Task<int> RunAsync(IReadOnlyList<Uri> urls, CancellationToken cancellationToken)
    {
        var jobs = new List<Job>();
        foreach (var url in urls)
        {
            try
            {
                var accepted = await _client.SubmitAsync(url.OriginalString, _options, cancellationToken);
                jobs.AddRange(accepted.Jobs ?? [accepted.Job]);
            }
            catch (DecantException failure) when (urls.Count > 1 && failure.Code != DecantException.Unreachable)
            {
                Fail(url.ToString(), failure);
            }
        }

        var isOne = jobs.Count == 1 && urls.Count == 1;
        if (!isOne && (_destination.File is not null || _destination.IsStandardOutput))
        {
            await StopAllAsync(jobs);
            throw new MediaException(
                MediaError.InvalidRequest,
                "several media need a directory to go to: name an existing one with -o, or none for the current one"
            );
        }

        try
        {
            await ProgressDisplays
                .Choose(_json)
                .ShowSeveralAsync(async begin =>
                {
                    await Parallel.ForEachAsync(
                        jobs.Index(),
                        new ParallelOptions { MaxDegreeOfParallelism = _atOnce, CancellationToken = cancellationToken },
                        async (job, token) =>
                            await BringAsync(
                                job.Item,
                                begin(isOne ? NameOf(job.Item) : $"{job.Index + 1}/{jobs.Count} {NameOf(job.Item)}"),
                                token
                            )
                    );
                    return true;
                });
        }
        catch (OperationCanceledException)
        {
            await StopAllAsync(jobs);
            throw;
        }

        return isOne ? _lastCode : ExitCode.OfSeveral(_failed);
    }

    private async Task BringAsync(Job job, IProgress<EngineProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var seen in _client.WatchAsync(job.Id, cancellationToken))
            {
                job = seen;
                progress.Report(ProgressOf(job));
            }

            if (job.Status != JobStatus.Completed)
            {
                throw new MediaException(
                    MediaError.SourceFailed,
                    $"{job.Error?.Code ?? "cancelled"}: {job.Error?.Message ?? $"job {job.Id} was cancelled on the server"}"
                );
            }

            if (_destination.IsStandardOutput)
            {
                await using var output = Console.OpenStandardOutput();
                await _client.FetchAsync(job, output, cancellationToken: cancellationToken);
                return;
            }

            var path = _destination.PathFor(job.Title ?? $"video_{job.Id}", job.Format);
            using var work = new WorkDirectory(_destination.Folder);
            var part = Path.Combine(work.Path, "file");
            await _client.FetchAsync(
                job,
                part,
                new Counter(received =>
                    progress.Report(new EngineProgress(EngineStage.Downloading, 100, received, job.FileSize))
                ),
                cancellationToken: cancellationToken
            );
            _destination.Place(part, path);
            Tell(job, path);
        }
        catch (Exception failure) when (failure is DecantException or MediaException)
        {
            Fail(job.Url, failure);
        }
    }

    private void Tell(Job job, string path)
    {
        lock (_lock)
        {
            Console.Out.WriteLine(_json ? ReportJson.WriteLine(RemoteReport.Of(job, path)) : path);
            Console.Out.Flush();
        }
    }

    private void Fail(string url, Exception failure)
    {
        lock (_lock)
        {
            _failed++;
            _lastCode = failure switch
            {
                DecantException refused => RemoteServer.CodeOf(refused),
                MediaException { Error: var error } when error == MediaError.InvalidRequest => ExitCode.BadRequest,
                _ => ExitCode.Unavailable,
            };
            var code = failure is DecantException { Code: var named } ? $"{named}: " : "";
            Console.Error.WriteLine($"decant: {url}: {code}{failure.Message}");
        }
    }

    /// <summary>Cancels the jobs that nobody waits for any more, so that nothing is paid for them.</summary>
    private async Task StopAllAsync(IEnumerable<Job> jobs)
    {
        foreach (var job in jobs)
        {
            try
            {
                await _client.CancelAsync(job.Id, CancellationToken.None);
            }
            catch (DecantException failure)
            {
                Say($"job {job.Id} was not stopped on the server: {failure.Message}");
            }
        }
    }

    private static DownloadOptions ReadOptions(ParseResult parsed, Destination destination)
    {
        var named =
            parsed.GetValue(GetOptions.Format) is null && destination.File is { } file ? NamedFormat.Of(file) : null;
        var (start, end) = (parsed.GetValue(GetOptions.Start), parsed.GetValue(GetOptions.End));
        return new DownloadOptions
        {
            Format = named?.Name ?? parsed.GetValue(GetOptions.Format),
            Quality = parsed.GetValue(GetOptions.Quality),
            Preset = parsed.GetValue(GetOptions.Preset),
            AudioOnly = parsed.GetValue(GetOptions.AudioOnly) ? true : null,
            FormatSelector = parsed.GetValue(GetOptions.Selector),
            Clip = start is null && end is null ? null : new Clip(start, end),
            AudioLanguage = parsed.GetValue(GetOptions.Language),
            Normalize = parsed.GetValue(GetOptions.Normalize),
            DynamicRange = parsed.GetValue(GetOptions.DynamicRange),
            Subtitles = parsed.GetValue(GetOptions.Subtitles) is { } languages
                ? new SubtitleWish(
                    languages.Split(',', StringSplitOptions.TrimEntries),
                    parsed.GetValue(GetOptions.SubtitleMode),
                    parsed.GetValue(GetOptions.SubtitleFormat)
                )
                : null,
            PlaylistItems = parsed.GetValue(GetOptions.Items),
            MaxDuration = parsed.GetValue(GetOptions.MaxDuration),
            LiveFromStart = parsed.GetValue(GetOptions.FromStart) ? true : null,
            WaitForLive = parsed.GetValue(GetOptions.WaitForLive) ? true : null,
        };
    }

    private static EngineProgress ProgressOf(Job job) =>
        new(
            job.Stage switch
            {
                "recording" => EngineStage.Recording,
                "downloading" => EngineStage.Downloading,
                "converting" or "storing" or "done" => EngineStage.Converting,
                _ => EngineStage.Resolving,
            },
            job.Progress,
            job.BytesFetched ?? 0
        )
        {
            Recorded = job.RecordedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };

    private static string NameOf(Job job) => job.Title ?? job.Url;

    private static void Say(string line) => Console.Error.WriteLine($"decant: {line}");

    /// <summary>Progress that is reported on the caller's own thread, in place of one of the pool's.</summary>
    private sealed class Counter(Action<long> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value.BytesReceived);
    }
}
