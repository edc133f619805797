using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Documents;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Mcp;

/// <summary>The tools of <c>/mcp</c>, as an agent's client calls them on a real server.</summary>
public sealed class McpTests(OpenServerOn<Sqlite> on) : IClassFixture<OpenServerOn<Sqlite>>
{
    private readonly DecantServer _server = on.Server;

    [Fact]
    public async Task An_agent_looks_a_page_up_downloads_it_with_progress_and_fetches_the_link()
    {
        var url = _server.Origin("paced/400000/0/media/small.mp4?agent");
        var said = await Agent.RunAsync(
            _server,
            new AgentCall("look_up", new { url, include_formats = true }),
            new AgentCall("download", new { url, format = "mkv" }, Progress: true),
            new AgentCall("list_jobs", new { limit = 1 })
        );

        Assert.Equal("decant", said.Text("name"));
        Assert.Null(said["session"]);
        var (info, download, list) = (Structured(said, 0), Structured(said, 1), Structured(said, 2));
        Assert.False((bool)info["is_playlist"]!);
        Assert.Contains(
            info["options"]!.AsArray(),
            option => ((string)option!).StartsWith("mp4 ", StringComparison.Ordinal)
        );
        Assert.Equal("COMPLETED", download["job"]!.Text("status"));
        Assert.Equal("mkv", download["job"]!.Text("format"));
        var file = await _server.Public.GetByteArrayAsync(new Uri(download["job"]!.Text("download_url")));
        Assert.Equal(download["job"]!.Number("file_size"), file.Length);

        var steps = said["answers"]![1]!["progress"]!.AsArray().Select(news => (double)news!["progress"]!).ToList();
        Assert.True(steps.Count > 1, said.ToJsonString());
        Assert.Equal(steps.Order().Distinct(), steps);
        Assert.All(said["answers"]![1]!["progress"]!.AsArray(), news => Assert.Equal(100, (double)news!["total"]!));

        Assert.Equal(download["job"]!.Number("job_id"), list["jobs"]![0]!.Number("job_id"));
        Assert.Equal(
            Structured(said, 1).ToJsonString(),
            JsonNode.Parse(said["answers"]![1]!.Text("text"))!.ToJsonString()
        );
    }

    [Fact]
    public async Task An_agent_reads_what_is_said_piece_by_piece()
    {
        var url = LabPages.YouTube("subsagent");
        var said = await Agent.RunAsync(
            _server,
            new AgentCall("transcript", new { url }),
            new AgentCall("transcript", new { url, max_characters = 10 }),
            new AgentCall(
                "transcript",
                new
                {
                    url,
                    language = "fr",
                    timestamps = true,
                }
            ),
            new AgentCall("transcript", new { url, language = "ja" })
        );

        var (whole, piece, timed) = (Structured(said, 0), Structured(said, 1), Structured(said, 2));
        Assert.Equal("en", whole.Text("language"));
        Assert.False((bool)whole["automatic"]!);
        Assert.Equal(whole.Number("total_characters"), whole.Text("text").Length);
        Assert.DoesNotContain("-->", whole.Text("text"), StringComparison.Ordinal);
        Assert.Equal(whole.Text("text")[..10], piece.Text("text"));
        Assert.Equal(10, piece.Number("next_offset"));
        Assert.True((bool)timed["automatic"]!);
        Assert.StartsWith("[00:00:0", timed.Text("text"), StringComparison.Ordinal);
        var missing = Refusal(said, 3);
        Assert.Equal("unknown_format", missing.Text("code"));
        Assert.Contains("\"ja\"", missing.Text("message"), StringComparison.Ordinal);
        Assert.Contains("look_up", missing.Text("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_can_be_left_to_itself_cancelled_and_asked_for_again()
    {
        var url = _server.Origin("paced/10000/0/media/small.mp4?left");
        var first = await Agent.RunAsync(_server, new AgentCall("download", new { url, wait_seconds = 0 }));
        var left = Structured(first, 0)["job"]!;
        Assert.Equal("PROCESSING", left.Text("status"));
        Assert.Contains("get_link", left.Text("next"), StringComparison.Ordinal);

        var job_id = left.Number("job_id");
        var then = await Agent.RunAsync(
            _server,
            new AgentCall("get_link", new { job_id, wait_seconds = 1 }),
            new AgentCall("cancel", new { job_id }),
            new AgentCall("get_link", new { job_id }),
            new AgentCall("cancel", new { job_id = 987654321 })
        );

        Assert.Equal("PROCESSING", Structured(then, 0).Text("status"));
        Assert.Equal("CANCELLED", Structured(then, 1).Text("status"));
        Assert.Equal("CANCELLED", Structured(then, 2).Text("status"));
        Assert.Equal("not_found", Refusal(then, 3).Text("code"));
    }

    [Fact]
    public async Task A_named_request_is_done_once()
    {
        var url = _server.Origin("media/small.mp4?named");
        var call = new AgentCall(
            "download",
            new
            {
                url,
                format = "mp3",
                idempotency_key = "agent-1",
            }
        );

        var said = await Agent.RunAsync(_server, call, call);

        Assert.Equal(Structured(said, 0)["job"]!.Number("job_id"), Structured(said, 1)["job"]!.Number("job_id"));
    }

    [Fact]
    public async Task A_list_is_answered_at_once_with_a_job_for_each_entry()
    {
        const string url = "https://www.youtube.com/playlist?list=PLdecant-lab-few-5";
        var said = await Agent.RunAsync(
            _server,
            new AgentCall(
                "download",
                new
                {
                    url,
                    format = "mp3",
                    playlist_items = "1-2",
                }
            )
        );

        Assert.Equal(2, Structured(said, 0)["jobs"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_wrong_is_told_with_a_code_and_what_to_do_next()
    {
        var said = await Agent.RunAsync(
            _server,
            new AgentCall("look_up", new { url = "https://www.youtube.com/watch?v=private0001" }),
            new AgentCall("download", new { url = _server.Origin("media/small.mp4"), audioOnly = true }),
            new AgentCall("download", new { url = _server.Origin("media/small.mp4"), format = "mp5" }),
            new AgentCall("look_up", new { }),
            new AgentCall("get_link", new { job_id = "four" })
        );

        Assert.All(
            Enumerable.Range(0, 5),
            call => Assert.False(string.IsNullOrEmpty(Refusal(said, call).Text("next")))
        );
        Assert.Equal("private_content", Refusal(said, 0).Text("code"));
        Assert.Contains("Did you mean 'audio_only'?", Refusal(said, 1).Text("message"), StringComparison.Ordinal);
        Assert.Equal("unknown_format", Refusal(said, 2).Text("code"));
        Assert.NotNull(Refusal(said, 2)["errors"]!["format"]);
        Assert.Contains("url", Refusal(said, 3).Text("message"), StringComparison.Ordinal);
        Assert.Contains("job_id", Refusal(said, 4).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_may_what_its_caller_may_and_sees_its_callers_jobs_alone()
    {
        var ada = await Person.RegisterAsync(_server);
        var (_, reader) = await ada.KeyAsync("media:read");
        var url = _server.Origin("media/small.mp4?scopes");
        var bearer = new Dictionary<string, string> { ["Authorization"] = $"Bearer {ada.AccessToken}" };
        var key = new Dictionary<string, string> { ["X-API-Key"] = reader.Text("key") };

        var byToken = await Agent.RunAsync(_server, bearer, new AgentCall("download", new { url, format = "mp3" }));
        var byReader = await Agent.RunAsync(
            _server,
            key,
            new AgentCall("list_jobs", new { }),
            new AgentCall("download", new { url })
        );
        var others = await Agent.RunAsync(
            _server,
            new AgentCall("get_link", new { job_id = Structured(byToken, 0)["job"]!.Number("job_id") })
        );
        var nobody = await Agent.RunAsync(_server, new Dictionary<string, string>());

        Assert.Equal("COMPLETED", Structured(byToken, 0)["job"]!.Text("status"));
        Assert.Equal(1, Structured(byReader, 0).Number("total"));
        Assert.Equal("forbidden", Refusal(byReader, 1).Text("code"));
        Assert.Equal("not_found", Refusal(others, 0).Text("code"));
        Assert.Contains("401", nobody.Text("refused"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_say_what_they_take_and_answer_and_none_of_it_is_nameless()
    {
        var tools = (await Agent.RunAsync(_server))["tools"]!.AsArray();

        Assert.Equal(
            ["cancel", "download", "get_link", "list_jobs", "look_up", "transcript"],
            tools.Select(tool => tool!.Text("name")).Order()
        );
        Assert.All(
            tools,
            tool =>
            {
                Assert.NotNull(tool!["outputSchema"]!["properties"]!["next"]);
                Assert.All(
                    tool["inputSchema"]!["properties"]!.AsObject(),
                    argument =>
                        Assert.False(string.IsNullOrEmpty((string?)argument.Value!["description"]), argument.Key)
                );
                // Clients hand schemas on to models that know one type a field.
                Assert.DoesNotContain("\"null\"", tool.ToJsonString(), StringComparison.Ordinal);
            }
        );
    }

    private static JsonNode Structured(JsonNode said, int call)
    {
        var answer = said["answers"]![call]!;
        Assert.True(answer["structured"] is not null, answer.ToJsonString());
        return answer["structured"]!;
    }

    private static JsonNode Refusal(JsonNode said, int call)
    {
        var answer = said["answers"]![call]!;
        Assert.True((bool)answer["isError"]!, answer.ToJsonString());
        return JsonNode.Parse(answer.Text("text"))!;
    }
}
