using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Mcp;

public sealed class McpLimitTests
{
    [Fact]
    public async Task Calls_of_tools_are_counted_with_the_calls_of_the_API()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>("RateLimits:JobManagement=2");
        await server.Http.PostAsync($"{JobFlow.Jobs}/987654321/cancel", null);
        var cancel = new AgentCall("cancel", new { job_id = 987654321 });

        var said = await Agent.RunAsync(server, cancel, cancel);

        var answers = said["answers"]!.AsArray().Select(answer => JsonNode.Parse(answer!.Text("text"))!).ToList();
        Assert.Equal(["not_found", "rate_limited"], answers.Select(answer => answer.Text("code")));
        Assert.InRange(answers[1].Number("retry_after"), 1, 60);
        Assert.StartsWith("Wait ", answers[1].Text("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_know_nothing_of_each_other_answer_one_agent()
    {
        var database = await Postgres.CreateAsync();
        await using var one = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        await using var other = await DecantServer.StartAsync<Sqlite>($"ConnectionStrings:Decant={database}");
        var url = one.Origin("paced/200000/0/media/small.mp4?two-nodes");

        var begun = await Agent.RunAsync(one, new AgentCall("download", new { url, wait_seconds = 0 }));
        var job_id = begun["answers"]![0]!["structured"]!["job"]!.Number("job_id");
        var ended = await Agent.RunAsync(other, new AgentCall("get_link", new { job_id }, Progress: true));

        Assert.Equal("COMPLETED", ended["answers"]![0]!["structured"]!.Text("status"));
        Assert.NotEmpty(ended["answers"]![0]!["progress"]!.AsArray());
    }
}
