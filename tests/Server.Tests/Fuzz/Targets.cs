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
    private readonly Dictionary<string, string> _own;

    private Targets(
        string url,
        string key,
        Person victim,
        Dictionary<string, string> theirs,
        Dictionary<string, string> own
    )
    {
        Url = url;
        _key = key;
        _victim = victim;
        _theirs = theirs;
        _own = own;
    }

    /// <summary>A medium that can be had, slowly: with one worker, hardly any of the jobs accepted for it comes to run.</summary>
    public string Url { get; }

    public static async Task<Targets> PrepareAsync(DecantServer server)
    {
        var url = server.Origin("paced/10000/0/media/small.mp4?fuzz");
        // Takes the worker, so that the victim's stays as it is.
        await server.StartAsync(new { url = server.Origin("paced/10000/0/media/small.mp4?fuzz-first") });
        var victim = await Person.RegisterAsync(server);
        await server.GrantAsync(victim);
        var (_, key) = await victim.KeyAsync(["*"]);
        var job = await victim.Http.StartAsync(new { url, output_filename = Secret });
        var hook = await server.HookOfAsync(victim, Secret);
        var attacker = await Person.RegisterAsync(server);
        await server.GrantAsync(attacker);
        var (_, attackersKey) = await attacker.KeyAsync(["*"]);
        var ownJob = await attacker.Http.StartAsync(new { url });
        var ownHook = await server.HookOfAsync(attacker, "own");
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
                ["/presets/"] = "theirs",
                ["/sessions/"] = "1",
                ["/batches/"] = "00000000-0000-0000-0000-000000000001",
                ["/batch_"] = "00000000-0000-0000-0000-000000000001",
                ["/download/"] = $"video_{job}.mp4",
                // Somebody without anything; an administrator may do with them what can be done.
                ["/admin/"] = $"{(await Person.RegisterAsync(server)).Id}",
            },
            new Dictionary<string, string> { ["/jobs/"] = $"{ownJob}", ["/endpoints/"] = $"{ownHook}" }
        );
    }

    /// <summary>The administrator's for what only an administrator may do, since everybody else is refused before it is read.</summary>
    public string KeyFor(Operation operation) => operation.IsAdministration ? DecantServer.Key : _key;

    /// <param name="isOwn">Something of the one who asks, where there is such a thing and the operation does not end it.</param>
    /// <returns>The number of something, the victim's otherwise.</returns>
    public string PathValue(Operation operation, string name, bool isOwn) =>
        (isOwn && operation.Body is not null ? Find(_own, operation) : null)
        ?? Find(_theirs, operation)
        ?? throw new InvalidOperationException($"{operation.Name} has a {name} that the fuzz knows nothing of.");

    /// <summary>All that is the victim's is as it was.</summary>
    public async Task AssertUntouchedAsync()
    {
        var job = await (await _victim.Http.GetAsync($"{JobFlow.Jobs}/{_theirs["/jobs/"]}")).ReadOkAsync();
        Assert.Equal(Secret, job.Text("output_filename"));
        Assert.True(job.Text("status") is "PROCESSING" or "COMPLETED", job.ToJsonString());
        var keys = await (await _victim.Http.GetAsync($"{Person.Auth}/api-keys")).ReadOkAsync();
        Assert.Null(keys["items"]!.AsArray().Single()!["revoked_at"]);
        var hooks = await (await _victim.Http.GetAsync("/api/v1/webhooks/endpoints")).ReadOkAsync();
        Assert.Contains(Secret, hooks.ToJsonString(), StringComparison.Ordinal);
    }

    private static string? Find(Dictionary<string, string> numbers, Operation operation) =>
        numbers.FirstOrDefault(one => operation.Path.Contains(one.Key, StringComparison.Ordinal)).Value;
}

internal static class TargetSteps
{
    public static async Task GrantAsync(this DecantServer server, Person person) =>
        await (
            await server.PostAsync(
                $"{Person.Admin}/users/{person.Id}/grants",
                new
                {
                    credits = 1_000_000,
                    wallet_cents = 1_000_000,
                    note = "Fuzz",
                }
            )
        ).ReadOkAsync();

    public static async Task<long> HookOfAsync(this DecantServer server, Person person, string name)
    {
        var hook = await person.Http.PostAsync(
            "/api/v1/webhooks/endpoints",
            System.Net.Http.Json.JsonContent.Create(
                new JsonObject
                {
                    ["url"] = server.Origin(name).Replace("http:", "https:", StringComparison.Ordinal),
                    ["events"] = new JsonArray("job.failed"),
                }
            )
        );
        return (await hook.ReadOkAsync()).Number("id");
    }
}
