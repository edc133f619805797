using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Decant.Client;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Client;

/// <summary>Connections that break, and answers that are lost or late.</summary>
public abstract class BrokenConnectionTests(DecantServer server) : FolderTests(server)
{
    [Fact]
    public async Task A_connection_that_is_cut_is_gone_on_with_where_it_stopped()
    {
        await using var relay = new CuttingRelay(Server.Http.BaseAddress!, cutAfter: 700_000, times: 3);
        using var client = new DecantClient(relay.Address, DecantCredential.ApiKey(DecantServer.Key));
        var received = new List<long>();

        var result = await client.DownloadAsync(
            Server.Origin("media/small.mp4?cut"),
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
        await using var relay = new CuttingRelay(Server.Http.BaseAddress!, cutAfter: 700_000, times: 1);
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
            Server.Origin("media/small.mp4?changed"),
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
        using var client = Server.NewDecantClient(
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
            Server.Origin("media/small.mp4?asked"),
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
        using var account = await Server.NewClientAsync(cents: 1);
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
            Server.Origin("media/small.mp4?lost"),
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
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await Server.EntriesOfAsync(job.Id));
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_gets_it_and_one_that_asks_for_too_much_does_not()
    {
        var answers = new Queue<HttpResponseMessage>([Busy(seconds: 1), Busy(seconds: 3600)]);
        using var client = Server.NewDecantClient(
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
}

[Collection<ClientServers<Sqlite>>]
public sealed class BrokenConnectionsOnSqlite(ServerOn<Sqlite> on) : BrokenConnectionTests(on.Server);

[Collection<ClientServers<Postgres>>]
[Trait("Run", "exhaustive")] // The database has no say in what is tested here.
public sealed class BrokenConnectionsOnPostgres(ServerOn<Postgres> on) : BrokenConnectionTests(on.Server);
