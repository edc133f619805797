using System.Net.Http.Json;
using Decant.Server.Data;
using Decant.Server.Jobs;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Tests.Downloads;

public abstract class IdempotencyTests(DecantServer server)
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_again_byte_for_byte()
    {
        var body = new { url = server.Origin("media/small.mp4?same"), format = "m4a" };

        var first = await SendAsync("same", body);
        var second = await SendAsync("same", body);

        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task White_space_and_the_order_of_fields_make_no_other_request()
    {
        var url = server.Origin("media/small.mp4?layout");

        var first = await SendAsync("layout", new { url, format = "m4a" });
        var second = await SendAsync("layout", new { format = "m4a", url });

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_a_conflict()
    {
        await (
            await SendAsync("other", new { url = server.Origin("media/small.mp4?one"), format = "m4a" })
        ).ReadOkAsync();

        await (
            await SendAsync("other", new { url = server.Origin("media/small.mp4?two"), format = "m4a" })
        ).ReadProblemAsync(409, "idempotency_conflict");
    }

    [Fact]
    public async Task A_key_is_its_accounts_own_and_its_operations_own()
    {
        var body = new { url = server.Origin("media/small.mp4?own"), format = "m4a" };
        using var another = await server.NewClientAsync();

        var mine = await (await SendAsync("own", body)).ReadOkAsync();
        var theirs = await (await SendAsync("own", body, another)).ReadOkAsync();
        var batch = await (
            await SendAsync("own", new { downloads = new[] { body } }, path: "/api/v1/video/bulk-download")
        ).ReadOkAsync();

        Assert.NotEqual(mine["job"]!.Number("id"), theirs["job"]!.Number("id"));
        Assert.NotEqual(mine["job"]!.Number("id"), batch["jobs"]![0]!.Number("id"));
    }

    [Fact]
    public async Task Both_path_families_are_one_operation()
    {
        var body = new
        {
            downloads = new[] { new { url = server.Origin("media/small.mp4?families"), format = "m4a" } },
        };

        var one = await SendAsync("families", body, path: "/api/v1/video/bulk-download");
        var other = await SendAsync("families", body, path: "/api/v1/video/video-download/bulk-download");

        Assert.Equal(await one.Content.ReadAsStringAsync(), await other.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Of_twenty_at_once_one_makes_the_job_and_all_get_its_answer()
    {
        using var client = await server.NewClientAsync(cents: 1);
        var body = new { url = server.Origin("media/small.mp4?race"), format = "m4a" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("race", body, client)));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.Single(bodies.Distinct());
        Assert.Equal(19, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        var job = (await answers[0].ReadOkAsync())["job"]!.Number("id");
        var list = await (await client.GetAsync(JobFlow.Jobs)).ReadOkAsync();
        Assert.Equal(1, list.Number("total"));
        await client.CompletionOfAsync(job);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(job));
    }

    [Fact]
    public async Task A_refusal_after_work_began_is_kept_whole()
    {
        using var client = await server.NewClientAsync(cents: 0);
        var body = new { url = server.Origin("media/small.mp4?refused"), format = "m4a" };

        var first = await SendAsync("refused", body, client);
        var second = await SendAsync("refused", body, client);

        await first.ReadProblemAsync(402, "insufficient_api_balance");
        await second.ReadProblemAsync(402, "insufficient_api_balance");
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("not a url", 400, "invalid_url")]
    [InlineData("status/500", 502, "source_failed")]
    public async Task What_was_not_begun_or_may_go_well_later_is_not_kept(string source, int status, string code)
    {
        var body = new { url = source.Contains(' ') ? source : server.Origin(source) };

        await (await SendAsync($"later {code}", body)).ReadProblemAsync(status, code);
        var again = await SendAsync($"later {code}", body);

        await again.ReadProblemAsync(status, code);
        Assert.False(again.Headers.Contains("Idempotency-Replayed"));
        // Nor does it stand in the way of a corrected one.
        await (
            await SendAsync($"later {code}", new { url = server.Origin("media/small.mp4?later"), format = "m4a" })
        ).ReadOkAsync();
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused_and_the_longest_is_not()
    {
        var body = new { url = server.Origin("media/small.mp4?long"), format = "m4a" };

        await (await SendAsync(new string('k', 256), body)).ReadProblemAsync(400, "invalid_request");
        await (await SendAsync(new string('k', 255), body)).ReadOkAsync();
    }

    [Fact]
    public async Task A_job_is_run_again_once_however_often_it_is_asked_for_by_one_name()
    {
        var id = await server.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?again") });
        await using (var db = await server.Get<IDbContextFactory<DecantDb>>().CreateDbContextAsync())
        {
            // As if it had failed; the run notices that the job is no longer its own.
            await db.InWriteTransactionAsync(
                async token =>
                {
                    var job = await db.Jobs.AsNoTracking().SingleAsync(one => one.Id == id, token);
                    await server.Get<Decant.Server.Billing.Ledger>().ReleaseAsync(db, job, token);
                    await db
                        .Jobs.Where(one => one.Id == id)
                        .ExecuteUpdateAsync(
                            set =>
                                set.SetProperty(one => one.Status, Decant.Server.Jobs.JobStatus.Failed)
                                    .SetProperty(one => one.RunId, (string?)null),
                            token
                        );
                },
                CancellationToken.None
            );
        }

        var answers = new List<HttpResponseMessage>();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            answers.Add(await SendAsync("again", new { }, path: $"{JobFlow.Jobs}/{id}/retry"));
        }

        foreach (var answer in answers)
        {
            Assert.Equal("PROCESSING", (await answer.ReadOkAsync()).Text("status"));
        }

        await server.Http.DeleteAsync($"{JobFlow.Jobs}/{id}");
        Assert.Equal(2, (await server.EntriesOfAsync(id)).Count(entry => entry == "Hold -1"));
    }

    private async Task<HttpResponseMessage> SendAsync(
        string key,
        object body,
        HttpClient? client = null,
        string path = JobFlow.Download
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        request.Headers.Add("Idempotency-Key", key);
        return await (client ?? server.Http).SendAsync(request);
    }
}

public sealed class IdempotencyOnSqlite(ServerOn<Sqlite> on)
    : IdempotencyTests(on.Server),
        IClassFixture<ServerOn<Sqlite>>;

public sealed class IdempotencyOnPostgres(ServerOn<Postgres> on)
    : IdempotencyTests(on.Server),
        IClassFixture<ServerOn<Postgres>>;
