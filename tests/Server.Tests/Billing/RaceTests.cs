using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Billing;

public abstract class RaceTests(DecantServer server)
{
    [Fact]
    public async Task Of_two_hundred_racing_downloads_for_the_last_cent_one_wins()
    {
        using var client = await server.NewClientAsync(cents: 1);
        var body = new { url = server.Origin("media/small.mp4?last-cent"), format = "m4a" };
        await server.PostAsync("/api/v1/video/info", body);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => client.PostAsJsonAsync(JobFlow.Download, body))
        );

        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        var id = (await winner.ReadOkAsync())["job"]!.Number("id");
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            var problem = await loser.ReadProblemAsync(402, "insufficient_api_balance");
            Assert.Equal((1, 0), (problem.Number("required_cents"), problem.Number("available_cents")));
        }

        Assert.Equal(1, (await (await client.GetAsync(JobFlow.Jobs)).ReadOkAsync()).Number("total"));
        await client.CompletionOfAsync(id);
        Assert.Equal(["Hold -1", "Release 1", "Charge -1"], await server.EntriesOfAsync(id));
    }
}

public sealed class RaceOnSqlite(ServerOn<Sqlite> on) : RaceTests(on.Server), IClassFixture<ServerOn<Sqlite>>;

public sealed class RaceOnPostgres(ServerOn<Postgres> on) : RaceTests(on.Server), IClassFixture<ServerOn<Postgres>>;
