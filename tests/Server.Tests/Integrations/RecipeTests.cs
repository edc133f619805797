using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Guide;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.Webhooks;

namespace Decant.Server.Tests.Integrations;

/// <summary>The commands and requests of docs/integrations.md, as they stand there.</summary>
public sealed class RecipeTests(ServerOn<Sqlite> on) : IClassFixture<ServerOn<Sqlite>>, IDisposable
{
    private const string Server = "http://127.0.0.1:8080";

    private readonly SampleRun _run = new();

    [Fact]
    public async Task The_commands_do_what_the_page_says()
    {
        await using var server = await DecantServer.StartAsync<Sqlite>(Hooks.Quick);
        await using var service = await Receiver.StartAsync(server.Lab);
        var seen = new List<string>();
        service.Judge = received =>
        {
            var kind =
                received.Path == "/" ? "ntfy"
                : received.Path == "/message" ? "gotify"
                : received.Path.StartsWith("/api/", StringComparison.Ordinal) ? "discord"
                : received.Path.StartsWith("/services/", StringComparison.Ordinal) ? "slack"
                : "jellyfin";
            var verdict = Services.Take(kind, received);
            lock (seen)
            {
                seen.Add(verdict.Complaint is null ? kind : $"{kind}: {verdict.Complaint}");
            }

            return verdict;
        };
        var at = new Uri(service.Url).GetLeftPart(UriPartial.Authority);
        var library = Directory.CreateDirectory(_run.PathOf("library")).FullName;
        var decant = Path.Combine(AppContext.BaseDirectory, "decant.dll");
        var prologue = $$"""
            set -eu -o pipefail
            decant() { dotnet '{{decant}}' "$@"; }
            export CURL_CA_BUNDLE='{{server.Lab.CaFile}}'
            export NTFY='{{at}}{{Services.PathOf("ntfy")}}' GOTIFY='{{at}}' GOTIFY_TOKEN={{Services.Token}}
            export DISCORD='{{at}}{{Services.PathOf("discord")}}' SLACK='{{at}}{{Services.PathOf("slack")}}'
            export JELLYFIN='{{at}}' JELLYFIN_KEY={{Services.Token}} LIBRARY='{{library}}'
            export MEDIUM='{{server.Origin("media/small.mp4?recipes")}}'
            """;
        var page = await Page.ReadAsync("integrations.md");

        await _run.RunAsync(
            server,
            "",
            "bash",
            [await _run.WriteAsync("recipes", $"{prologue}\n{page.ProgramIn("sh")}\n")],
            TestContext.Current.CancellationToken
        );

        Assert.Single(Directory.GetFiles(library, "*.m4a"));
        Assert.True(new FileInfo(_run.PathOf("shared.mp4")).Length > 10_000);
        // The last command's job is told to all of them.
        while (service.Count < 1 + 4 + 4 + 1)
        {
            await service.NextAsync();
        }

        lock (seen)
        {
            Assert.Equal(["discord", "gotify", "jellyfin", "ntfy", "slack"], seen.Distinct().Order());
        }
    }

    [Fact]
    public async Task The_n8n_workflows_requests_are_answered_as_it_reads_them()
    {
        var workflow = JsonNode.Parse(
            (await Page.ReadAsync("integrations.md")).Sections["n8n"].BlocksIn("json").Single()
        )!;
        var nodes = workflow["nodes"]!.AsArray().ToDictionary(node => node!.Text("name"), node => node!["parameters"]!);
        Assert.All(
            workflow["connections"]!.AsObject(),
            from => Assert.Contains(from.Key, (IDictionary<string, JsonNode>)nodes)
        );
        var submit = nodes["Submit"];
        Assert.Equal("={{ JSON.stringify({ url: $json.url, format: 'mp3' }) }}", submit.Text("jsonBody"));

        using var request = new HttpRequestMessage(new HttpMethod(submit.Text("method")), Local(submit.Text("url")))
        {
            Content = JsonContent.Create(new { url = on.Server.Origin("media/small.mp4?n8n"), format = "mp3" }),
            Headers = { { submit["headerParameters"]!["parameters"]![0]!.Text("name"), "execution-1" } },
        };
        var item = await (await on.Server.Http.SendAsync(request)).ReadOkAsync();
        do
        {
            var follow = nodes["Follow"].Text("url");
            Assert.StartsWith("=", follow, StringComparison.Ordinal);
            var id = (item["job"]?["id"] ?? item["id"])!.ToString();
            var url = Regex.Replace(follow[1..], @"\{\{.*\}\}", id, RegexOptions.None, TimeSpan.FromSeconds(1));
            item = await (await on.Server.Http.GetAsync(Local(url))).ReadOkAsync();
        } while (item.Text("status") == "PROCESSING");

        Assert.Equal("COMPLETED", item.Text("status"));
        Assert.NotNull(item["download_url"]);
    }

    [Fact]
    public async Task Home_Assistants_requests_are_answered_as_it_reads_them()
    {
        var blocks = (await Page.ReadAsync("integrations.md")).Sections["Home Assistant"].BlocksIn("yaml");
        var payload = ValueOf(blocks[0], "payload").Trim('\'').Replace("''", "'", StringComparison.Ordinal);
        var body = payload
            .Replace("{{ url }}", on.Server.Origin("media/small.mp4?home"), StringComparison.Ordinal)
            .Replace("{{ format | default('mp3') }}", "mp3", StringComparison.Ordinal);
        Assert.DoesNotContain("{{", body, StringComparison.Ordinal);

        using var content = new StringContent(body, null, ValueOf(blocks[0], "content_type"));
        var accepted = await (await on.Server.Http.PostAsync(Local(ValueOf(blocks[0], "url")), content)).ReadOkAsync();
        var sensor = await (await on.Server.Http.GetAsync(Local(ValueOf(blocks[1], "resource")))).ReadOkAsync();

        Assert.Equal("mp3", accepted["job"]!.Text("format"));
        Assert.True(sensor.Number("total") >= 0);
    }

    public void Dispose() => _run.Dispose();

    private static string ValueOf(string yaml, string name) =>
        yaml.Split('\n')
            .Select(line => line.Trim())
            .First(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    /// <summary>The same of the server under test.</summary>
    private static string Local(string url)
    {
        Assert.StartsWith(Server, url, StringComparison.Ordinal);
        return url[Server.Length..];
    }
}
