using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Decant.Client;
using Decant.Lab.Serving;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

/// <param name="server">The server.</param>
/// <param name="ownMedium">A medium that no other class takes, so that a fault scripted for it strikes here.</param>
public abstract class DownloadTests(DecantServer server, string ownMedium) : IDisposable
{
    private const string Slow = "paced/100000/0/media/small.mp4";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("decant-client-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_call_brings_the_whole_file_and_tells_how_far_it_is()
    {
        using var client = server.NewDecantClient();
        var told = new List<DownloadProgress>();

        var result = await client.DownloadAsync(
            server.Origin("media/small.mp4?client"),
            Here with
            {
                OutputFilename = "../my film",
            },
            new Told<DownloadProgress>(told.Add),
            Stop
        );

        Assert.Equal(Path.Combine(_directory.FullName, Path.GetFileName(result.Path!)), result.Path);
        Assert.Equal(await SentAsync(result.Job), await FileAsync(result.Path!));
        Assert.Equal((result.Job.FileSize, "video/mp4"), (result.Length, result.ContentType));
        Assert.Equal(JobStatus.Completed, result.Job.Status);
        Assert.Equal(told.Select(now => now.Job.Progress).Order(), told.Select(now => now.Job.Progress));
        Assert.Equal(told.Select(now => now.BytesReceived).Order(), told.Select(now => now.BytesReceived));
        Assert.Equal(result.Length, told[^1].BytesReceived);
        Assert.Equal(result.Path, Assert.Single(Directory.GetFiles(_directory.FullName)));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_gone_on_with_where_it_stopped()
    {
        await using var relay = new CuttingRelay(server.Http.BaseAddress!, cutAfter: 700_000, times: 3);
        using var client = new DecantClient(relay.Address, DecantCredential.ApiKey(DecantServer.Key));
        var received = new List<long>();

        var result = await client.DownloadAsync(
            server.Origin("media/small.mp4?cut"),
            Here,
            new Told<DownloadProgress>(now => received.Add(now.BytesReceived)),
            Stop
        );

        Assert.Equal(0, relay.Left);
        // Not a byte twice: what came beside the file are the answers about the job.
        Assert.InRange(relay.Carried, result.Length, result.Length + 200_000);
        Assert.Equal(received.Order(), received);
        Assert.Equal(await SentAsync(result.Job), await FileAsync(result.Path!));
    }

    [Fact]
    public async Task A_file_that_has_changed_meanwhile_begins_anew()
    {
        var changed = false;
        await using var relay = new CuttingRelay(server.Http.BaseAddress!, cutAfter: 700_000, times: 1);
        using var http = new HttpClient(
            new Between(
                (request, send) =>
                {
                    if (request.Headers.IfRange is not null)
                    {
                        changed = true;
                        request.Headers.IfRange = new RangeConditionHeaderValue("\"another\"");
                    }

                    return send();
                }
            )
            {
                InnerHandler = new SocketsHttpHandler(),
            }
        );
        using var client = new DecantClient(relay.Address, DecantCredential.ApiKey(DecantServer.Key), http);
        using var film = new MemoryStream();
        film.Write("before"u8);

        var result = await client.DownloadAsync(
            server.Origin("media/small.mp4?changed"),
            film,
            cancellationToken: Stop
        );

        Assert.True(changed);
        Assert.Equal("before"u8, film.ToArray().AsSpan(0, 6));
        Assert.Equal(await SentAsync(result.Job), SHA256.HashData(film.ToArray().AsSpan(6)));
        Assert.Null(result.Path);
    }

    [Fact]
    public async Task Where_events_do_not_come_through_the_job_is_asked_for()
    {
        var asked = 0;
        using var client = server.NewDecantClient(
            new Between(
                (request, send) =>
                {
                    var path = request.RequestUri!.AbsolutePath;
                    asked += path.Contains("/jobs/", StringComparison.Ordinal) ? 1 : 0;
                    return path.EndsWith("/events", StringComparison.Ordinal)
                        ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway))
                        : send();
                }
            )
        );

        var result = await client.DownloadAsync(
            server.Origin("media/small.mp4?asked"),
            Here with
            {
                Format = "m4a",
            },
            cancellationToken: Stop
        );

        Assert.Equal(JobStatus.Completed, result.Job.Status);
        Assert.True(asked >= 2);
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_asked_for_again_and_nothing_is_charged_twice()
    {
        using var account = await server.NewClientAsync(cents: 1);
        var lost = 0;
        using var http = new HttpClient(
            new Between(
                async (request, send) =>
                {
                    var answer = await send();
                    return request.Method == HttpMethod.Post && lost++ < 2
                        ? throw new HttpRequestException("The answer is lost.")
                        : answer;
                }
            )
            {
                InnerHandler = new SocketsHttpHandler(),
            }
        );
        using var client = new DecantClient(
            account.BaseAddress!,
            DecantCredential.ApiKey(account.DefaultRequestHeaders.GetValues("X-API-Key").Single()),
            http
        );

        var result = await client.DownloadAsync(
            server.Origin("media/small.mp4?lost"),
            Here with
            {
                Format = "m4a",
            },
            cancellationToken: Stop
        );

        Assert.Equal(3, lost);
        var job = Assert.Single((await client.ListJobsAsync(cancellationToken: Stop)).Items);
        Assert.Equal(result.Job.Id, job.Id);
        Assert.Equal(0.01m, job.CostUsd);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(job.Id));
    }

    [Fact]
    public async Task A_request_of_ones_own_name_finds_its_job_again()
    {
        using var client = server.NewDecantClient();
        var options = new DownloadOptions { Format = "m4a", IdempotencyKey = $"{Guid.NewGuid()}" };

        var first = await client.SubmitAsync(server.Origin("media/small.mp4?named"), options, Stop);
        var second = await client.SubmitAsync(server.Origin("media/small.mp4?named"), options, Stop);

        Assert.Equal(first.Job.Id, second.Job.Id);
        Assert.True(first.EstimatedCredits > 0);
    }

    [Fact]
    public async Task A_job_that_fails_says_why()
    {
        using var client = server.NewDecantClient();
        var url = server.Origin($"media/{ownMedium}");
        // Looked up while it is there; gone when the run wants it, and when it looks again.
        await client.InfoAsync(url, cancellationToken: Stop);
        server.Lab.Faults.Script($"/media/{ownMedium}", Fault.Status(404), times: 10);

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(url, Here with { Format = "wav" }, cancellationToken: Stop)
        );

        Assert.Equal(("content_not_found", null, false), (failure.Code, failure.Status, failure.Retryable));
        Assert.Equal(JobStatus.Failed, failure.Job!.Status);
        Assert.Empty(Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public async Task A_refusal_has_its_code_its_status_and_its_figures()
    {
        using var account = await server.NewClientAsync(cents: 0);
        using var client = account.NewDecantClient();

        var poor = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(server.Origin("media/small.mp4?poor"), Here, cancellationToken: Stop)
        );
        var broken = await Assert.ThrowsAsync<DecantException>(() =>
            client.InfoAsync(server.Origin("status/500?client"), cancellationToken: Stop)
        );

        Assert.Equal(("insufficient_api_balance", 402, false), (poor.Code, poor.Status, poor.Retryable));
        Assert.Equal(1, poor.Figures["required_cents"].GetInt64());
        Assert.NotNull(poor.TraceId);
        Assert.Equal(("source_failed", 502, true), (broken.Code, broken.Status, broken.Retryable));
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_gets_it_and_one_that_asks_for_too_much_does_not()
    {
        var answers = new Queue<HttpResponseMessage>([Busy(seconds: 1), Busy(seconds: 3600)]);
        using var client = server.NewDecantClient(
            new Between((_, send) => answers.TryDequeue(out var answer) ? Task.FromResult(answer) : send())
        );

        var refusal = await Assert.ThrowsAsync<DecantException>(() => client.ListJobsAsync(cancellationToken: Stop));

        Assert.Equal((503, true), (refusal.Status, refusal.Retryable));
        Assert.Equal(TimeSpan.FromHours(1), refusal.RetryAfter);
        Assert.Empty(answers);

        static HttpResponseMessage Busy(int seconds) =>
            new(HttpStatusCode.ServiceUnavailable)
            {
                Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) },
            };
    }

    [Fact]
    public async Task Who_gives_up_stops_the_job_and_pays_nothing()
    {
        using var client = server.NewDecantClient();
        using var enough = new CancellationTokenSource();
        long id = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.DownloadAsync(
                server.Origin($"{Slow}?giveup"),
                Here,
                new Told<DownloadProgress>(now =>
                {
                    id = now.Job.Id;
                    if (now.Job.Stage == "downloading")
                    {
                        enough.Cancel();
                    }
                }),
                enough.Token
            )
        );

        Assert.Equal(JobStatus.Cancelled, (await client.GetJobAsync(id, Stop)).Status);
        Assert.Equal(["Hold -1", "Release 1"], await server.EntriesOfAsync(id));
        Assert.Empty(Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_elsewhere_ends_the_download()
    {
        using var client = server.NewDecantClient();
        var cancelling = Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(
                server.Origin($"{Slow}?elsewhere"),
                Here,
                new Told<DownloadProgress>(now =>
                {
                    if (now.Job.Stage == "downloading" && cancelling.IsCompleted)
                    {
                        cancelling = client.CancelAsync(now.Job.Id, Stop);
                    }
                }),
                Stop
            )
        );

        await cancelling;
        Assert.Equal(DecantException.JobCancelled, failure.Code);
        Assert.Equal(JobStatus.Cancelled, failure.Job!.Status);
    }

    [Fact]
    public async Task Of_a_list_one_entry_is_brought_and_paid_for()
    {
        using var account = await server.NewClientAsync();
        using var client = account.NewDecantClient();

        var result = await client.DownloadAsync(
            "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
            Here with
            {
                Format = "m4a",
                PlaylistItems = "2",
            },
            cancellationToken: Stop
        );

        Assert.Equal(2, result.Job.PlaylistIndex);
        Assert.Equal(1, (await client.ListJobsAsync(cancellationToken: Stop)).Total);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.DownloadAsync(
                "https://www.youtube.com/playlist?list=PLdecant-lab-few-5",
                Here with
                {
                    PlaylistItems = "1-3",
                },
                cancellationToken: Stop
            )
        );
    }

    [Fact]
    public async Task Looking_up_tells_what_there_is()
    {
        using var client = server.NewDecantClient();

        var medium = await client.InfoAsync(LabPages.YouTube("client"), includeFormats: true, Stop);
        var list = await client.InfoAsync("https://www.youtube.com/playlist?list=PLdecant-lab-few-5", true, Stop);

        var said = await client.TranscriptAsync(LabPages.YouTube("client"), "de", Stop);

        Assert.True(medium.Duration > 0);
        Assert.Equal(("de", false), (said.Language, said.Automatic));
        Assert.All(said.Cues, cue => Assert.Contains(cue.Text, said.Text, StringComparison.Ordinal));
        Assert.True(said.Cues.Count > 1 && said.Cues[^1].Start > said.Cues[0].Start);
        Assert.Contains(medium.Formats, format => format is { FormatId: "140", VideoCodec: null, Format: "m4a" });
        Assert.Contains(medium.Subtitles, subtitle => subtitle is { Language: "de", Automatic: false });
        Assert.Equal((true, 5, 5), (list.IsPlaylist, list.PlaylistCount, list.Entries.Count));
    }

    [Fact]
    public async Task A_file_that_has_gone_is_said_to_be()
    {
        using var client = server.NewDecantClient();
        var job = (await client.SubmitAsync(server.Origin($"{Slow}?gone"), cancellationToken: Stop)).Job;
        await client.CancelAsync(job.Id, Stop);

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.FetchAsync(job, _directory.FullName, cancellationToken: Stop)
        );

        Assert.Equal(DecantException.FileGone, failure.Code);
    }

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private DownloadOptions Here => new() { Path = _directory.FullName };

    private async Task<byte[]> SentAsync(Job job) =>
        SHA256.HashData(await server.Public.GetByteArrayAsync($"{job.DownloadUrl!.PathAndQuery}", Stop));

    private static async Task<byte[]> FileAsync(string path) => SHA256.HashData(await File.ReadAllBytesAsync(path));
}

public sealed class DownloadsOnSqlite(ServerOn<Sqlite> on)
    : DownloadTests(on.Server, "audio.opus"),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class DownloadsOnPostgres(ServerOn<Postgres> on)
    : DownloadTests(on.Server, "audio.webm"),
        IClassFixture<ServerOn<Postgres>>;
