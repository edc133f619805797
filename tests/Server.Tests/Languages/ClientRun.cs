using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Client;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;
using Decant.Server.Tests.Webhooks;

namespace Decant.Server.Tests.Languages;

/// <summary>One run of another language's client: all of its cases, with a real server in the lab.</summary>
public abstract class ClientRun : IAsyncLifetime
{
    private JsonNode? _verdicts;
    private string? _missing;

    /// <summary>A directory for the run.</summary>
    protected DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("decant-language-");

    protected DecantServer Server { get; private set; } = null!;

    /// <summary>Reason for which it cannot run here; null where it can.</summary>
    protected abstract Task<string?> PrepareAsync();

    /// <param name="given">File with addresses and the key.</param>
    /// <returns>Verdicts of the cases, by name, as JSON.</returns>
    protected abstract Task<string> RunAsync(string given);

    public async ValueTask InitializeAsync()
    {
        Server = await DecantServer.StartAsync<Sqlite>(Hooks.Quick);
        _missing = await PrepareAsync();
        if (_missing is not null)
        {
            return;
        }

        await using var relay = new CuttingRelay(Server.Http.BaseAddress!, cutAfter: 700_000, times: 3);
        var given = Path.Combine(Directory.FullName, "given.json");
        await File.WriteAllTextAsync(
            given,
            JsonSerializer.Serialize(
                new
                {
                    server = Server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority),
                    relay = relay.Address.GetLeftPart(UriPartial.Authority),
                    key = DecantServer.Key,
                    origin = Server.Origin(""),
                    webhook = await WebhookAsync(),
                }
            )
        );
        _verdicts = JsonNode.Parse(await RunAsync(given));
        // So that its test is one of resuming, and not of luck.
        _verdicts!["The_relay_cut_each_time_it_was_to"] = relay.Left == 0 ? "ok" : $"{relay.Left} cuts are left.";
    }

    public void AssertOk(string name)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        Assert.Equal("ok", (string?)_verdicts![name]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Names of the cases in a file.</summary>
    protected static IEnumerable<TheoryDataRow<string>> CasesIn(string file, string before, string after) =>
        File.ReadLines(Path.Combine(Repository.Root, file))
            .Where(line =>
                line.StartsWith(before, StringComparison.Ordinal) && line.EndsWith(after, StringComparison.Ordinal)
            )
            .Select(line => line[before.Length..^after.Length])
            .Where(name => char.IsUpper(name[0]))
            .Append("The_relay_cut_each_time_it_was_to")
            .Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    /// <summary>A delivery as it came.</summary>
    private async Task<object> WebhookAsync()
    {
        await using var receiver = await Receiver.StartAsync(Server.Lab);
        var endpoint = await Server.Http.AddEndpointAsync(receiver.Url);
        await (await Server.Http.PostAsync($"{Hooks.Endpoints}/{endpoint.Number("id")}/test", null)).ReadOkAsync();
        var received = await receiver.NextAsync();
        return new
        {
            secret = endpoint.Text("secret"),
            headers = received.Headers,
            body = received.Body,
        };
    }
}
