using System.Text.Json.Nodes;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Fuzz;

/// <summary>Who asks, and whose things must not be seen: somebody with a job, a key and a webhook of their own.</summary>
internal sealed class Targets
{
    /// <summary>Stands in everything that is the victim's; no answer to anybody else may have it.</summary>
    public const string Secret = "for-the-victims-eyes";

    private readonly string _key;
    private readonly Person _victim;
    private readonly Dictionary<string, string> _theirs;

    private Targets(string url, string key, Person victim, Dictionary<string, string> theirs)
    {
        Url = url;
        _key = key;
        _victim = victim;
        _theirs = theirs;
    }

    /// <summary>A medium that can be had; what asks for it waits in the queue for ever.</summary>
    public string Url { get; }

    /// <param name="server">With one worker, which is given something that takes it the whole run.</param>
    public static async Task<Targets> PrepareAsync(DecantServer server)
    {
        await server.StartAsync(new { url = server.Origin("paced/2000/0/media/small.mp4?fuzz-hold") });
        var url = server.Origin("media/small.mp4?fuzz");
        var victim = await Person.RegisterAsync(server);
        await server.GrantAsync(victim);
        var (_, key) = await victim.KeyAsync(["*"]);
        var job = await victim.Http.StartAsync(new { url, output_filename = Secret });
        var hook = await server.HookOfAsync(victim);
        var attacker = await Person.RegisterAsync(server);
        await server.GrantAsync(attacker);
        var (_, attackersKey) = await attacker.KeyAsync(["*"]);
        return new Targets(
            url,
            attackersKey.Text("key"),
            victim,
            new Dictionary<string, string>
            {
                ["/jobs/"] = $"{job}",
                ["/api-keys/"] = $"{key.Number("id")}",
                ["/endpoints/"] = $"{hook}",
                ["/deliveries/"] = "1",
                ["/batches/"] = "00000000-0000-0000-0000-000000000001",
                ["/batch_"] = "00000000-0000-0000-0000-000000000001",
                ["/download/"] = $"video_{job}.mp4",
                // Somebody without anything; an administrator may do with them what can be done.
                ["/admin/"] = $"{(await Person.RegisterAsync(server)).Id}",
            }
        );
    }

    /// <summary>The administrator's for what only an administrator may do, since everybody else is refused before it is read.</summary>
    public string KeyFor(Operation operation) => operation.IsAdministration ? DecantServer.Key : _key;

    /// <summary>The victim's number, where there is one of this kind.</summary>
    public string PathValue(Operation operation, string name) =>
        _theirs.FirstOrDefault(one => operation.Path.Contains(one.Key, StringComparison.Ordinal)).Value
        ?? throw new InvalidOperationException($"{operation.Name} has a {name} that the fuzz knows nothing of.");

    /// <summary>All that is the victim's is as it was.</summary>
    public async Task AssertUntouchedAsync()
    {
        var job = await (await _victim.Http.GetAsync($"{JobFlow.Jobs}/{_theirs["/jobs/"]}")).ReadOkAsync();
        Assert.Equal(("PROCESSING", Secret), (job.Text("status"), job.Text("output_filename")));
        var keys = await (await _victim.Http.GetAsync($"{Person.Auth}/api-keys")).ReadOkAsync();
        Assert.Null(keys["items"]!.AsArray().Single()!["revoked_at"]);
        var hooks = await (await _victim.Http.GetAsync("/api/v1/webhooks/endpoints")).ReadOkAsync();
        Assert.Contains(Secret, hooks.ToJsonString(), StringComparison.Ordinal);
    }
}

internal static class TargetSteps
{
    public static async Task GrantAsync(this DecantServer server, Person person) =>
        await (
            await server.PostAsync(
                $"{Person.Admin}/users/{person.Id}/grants",
                new { credits = 1_000_000, wallet_cents = 1_000_000, note = "Fuzz" }
            )
        ).ReadOkAsync();

    public static async Task<long> HookOfAsync(this DecantServer server, Person person)
    {
        var hook = await person.Http.PostAsync(
            "/api/v1/webhooks/endpoints",
            System.Net.Http.Json.JsonContent.Create(
                new JsonObject
                {
                    ["url"] = server.Origin(Targets.Secret).Replace("http:", "https:", StringComparison.Ordinal),
                    ["events"] = new JsonArray("job.failed"),
                }
            )
        );
        return (await hook.ReadOkAsync()).Number("id");
    }
}
