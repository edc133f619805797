using Decant.Client;
using Decant.Lab.Serving;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

/// <summary>Downloads that end without a file.</summary>
/// <param name="server">The server.</param>
/// <param name="ownMedium">A medium that no other class takes, so that a fault scripted for it strikes here.</param>
public abstract class FailureTests(DecantServer server, string ownMedium) : FolderTests(server)
{
    private const string Slow = "paced/10000/0/media/small.mp4";

    [Fact]
    public async Task A_job_that_fails_says_why()
    {
        using var client = Server.NewDecantClient();
        var url = Server.Origin($"media/{ownMedium}");
        // Looked up while it is there; gone when the run wants it, and when it looks again.
        await client.InfoAsync(url, cancellationToken: Stop);
        Server.Lab.Faults.Script($"/media/{ownMedium}", Fault.Status(404), times: 10);

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(url, Here with { Format = "wav" }, cancellationToken: Stop)
        );

        Assert.Equal(("content_not_found", null, false), (failure.Code, failure.Status, failure.Retryable));
        Assert.Equal(JobStatus.Failed, failure.Job!.Status);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_refusal_has_its_code_its_status_and_its_figures()
    {
        using var account = await Server.NewClientAsync(cents: 0);
        using var client = account.NewDecantClient();

        var poor = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(Server.Origin("media/small.mp4?poor"), Here, cancellationToken: Stop)
        );
        var broken = await Assert.ThrowsAsync<DecantException>(() =>
            client.InfoAsync(Server.Origin("status/500?client"), cancellationToken: Stop)
        );

        Assert.Equal(("insufficient_api_balance", 402, false), (poor.Code, poor.Status, poor.Retryable));
        Assert.Equal(1, poor.Figures["required_cents"].GetInt64());
        Assert.NotNull(poor.TraceId);
        Assert.Equal(("source_failed", 502, true), (broken.Code, broken.Status, broken.Retryable));
    }

    [Fact]
    public async Task Who_gives_up_stops_the_job_and_pays_nothing()
    {
        using var client = Server.NewDecantClient();
        using var enough = new CancellationTokenSource();
        long id = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.DownloadAsync(
                Server.Origin($"{Slow}?giveup"),
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
        Assert.Equal(["Hold -1", "Release 1"], await Server.EntriesOfAsync(id));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_job_that_is_cancelled_elsewhere_ends_the_download()
    {
        using var client = Server.NewDecantClient();
        var cancelling = Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.DownloadAsync(
                Server.Origin($"{Slow}?elsewhere"),
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
    public async Task A_file_that_has_gone_is_said_to_be()
    {
        using var client = Server.NewDecantClient();
        var job = (await client.SubmitAsync(Server.Origin($"{Slow}?gone"), cancellationToken: Stop)).Job;
        await client.CancelAsync(job.Id, Stop);

        var failure = await Assert.ThrowsAsync<DecantException>(() =>
            client.FetchAsync(job, Folder, cancellationToken: Stop)
        );

        Assert.Equal(DecantException.FileGone, failure.Code);
    }
}

[Collection<ClientServers<Sqlite>>]
public sealed class FailuresOnSqlite(ServerOn<Sqlite> on) : FailureTests(on.Server, "audio.opus");

[Collection<ClientServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class FailuresOnPostgres(ServerOn<Postgres> on) : FailureTests(on.Server, "audio.webm");
