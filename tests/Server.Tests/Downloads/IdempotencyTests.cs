using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

public abstract class IdempotencyTests(DecantServer server)
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_again()
    {
        var body = new { url = server.Origin("media/small.mp4?same"), format = "m4a" };

        var first = await SendAsync("same", body);
        var second = await SendAsync("same", body);

        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal((await first.ReadOkAsync()).ToJsonString(), (await second.ReadOkAsync()).ToJsonString());
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
    public async Task A_key_is_its_accounts_own()
    {
        var body = new { url = server.Origin("media/small.mp4?own"), format = "m4a" };
        using var another = await server.NewClientAsync();

        var mine = await (await SendAsync("own", body)).ReadOkAsync();
        var theirs = await (await SendAsync("own", body, another)).ReadOkAsync();

        Assert.NotEqual(mine["job"]!.Number("id"), theirs["job"]!.Number("id"));
    }

    [Fact]
    public async Task Of_twenty_at_once_one_makes_the_job_and_all_get_it()
    {
        using var client = await server.NewClientAsync(cents: 1);
        var body = new { url = server.Origin("media/small.mp4?race"), format = "m4a" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync("race", body, client)));

        var jobs = new HashSet<long>();
        foreach (var answer in answers)
        {
            jobs.Add((await answer.ReadOkAsync())["job"]!.Number("id"));
        }

        var job = Assert.Single(jobs);
        var list = await (await client.GetAsync(JobFlow.Jobs)).ReadOkAsync();
        Assert.Equal(1, list.Number("total"));
        await client.CompletionOfAsync(job);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(job));
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        using var client = await server.NewClientAsync(cents: 0);
        var body = new { url = server.Origin("media/small.mp4?refused"), format = "m4a" };

        await (await SendAsync("refused", body, client)).ReadProblemAsync(402, "insufficient_api_balance");
        await (await SendAsync("refused", body, client)).ReadProblemAsync(402, "insufficient_api_balance");
    }

    private async Task<HttpResponseMessage> SendAsync(string key, object body, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download);
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
