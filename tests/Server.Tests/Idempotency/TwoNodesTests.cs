using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Idempotency;

public sealed class TwoNodesTests
{
    [Fact]
    public async Task A_repetition_on_another_node_waits_for_the_first_and_gets_its_answer()
    {
        var database = await Postgres.CreateAsync();
        await using var one = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        await using var other = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        var body = new { url = one.Origin("media/small.mp4?nodes-race"), format = "m4a" };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(index => SendAsync(index % 2 == 0 ? one : other, body))
        );

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Equal(9, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        // The links would name the node that made them; there are none yet.
        Assert.Single(bodies.Distinct());
    }

    private static async Task<HttpResponseMessage> SendAsync(DecantServer node, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download);
        request.Content = JsonContent.Create(body);
        request.Headers.Add("Idempotency-Key", "nodes");
        return await node.Http.SendAsync(request);
    }
}
