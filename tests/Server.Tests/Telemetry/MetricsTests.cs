using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Telemetry;

public sealed partial class MetricsTests
{
    private const string Key = "a key for Prometheus";

    [Fact]
    public async Task Whoever_has_the_key_reads_what_the_rules_and_the_dashboard_ask_for()
    {
        await using var server = await DecantServer.StartAsync<Postgres>(
            $"Telemetry:MetricsKey={Key}",
            "Telemetry:ReadEvery=00:00:01"
        );
        await server.CompletionOfAsync(
            await server.StartAsync(new { url = server.Origin("media/small.mp4?metrics"), format = "mp3" })
        );
        using var http = new HttpClient { BaseAddress = server.Public.BaseAddress };
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/metrics")).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        var metrics = await http.GetStringAsync("/metrics");

        Assert.Matches("""decant_jobs_ended_total\{[^}]*status="completed"[^}]*\} [1-9]""", metrics);
        var asked = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "ops"), "decant*.*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".test.yml", StringComparison.Ordinal))
            .SelectMany(file => Name.Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct()
            // Those of what has not happened here.
            .Except(["decant_platform_circuit_opened_total"]);
        Assert.All(asked, name => Assert.Contains($"\n{name}", metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("small.mp4", metrics, StringComparison.Ordinal);
    }

    [GeneratedRegex(
        @"\bdecant_[a-z_]+(total|seconds|count|bucket|open|here)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name { get; }
}
