using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Telemetry;

/// <summary>What leaves a node for whoever watches it.</summary>
public sealed class ExportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_gets_metrics_and_one_trace_from_the_request_on_one_node_to_the_run_on_another()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        string[] settings =
        [
            $"ConnectionStrings:Decant={await Postgres.CreateAsync()}",
            $"Telemetry:OtlpEndpoint={collector.Address}",
        ];
        string trace;
        await using (var api = await DecantServer.StartAsync<Sqlite>([.. settings, "role=api"]))
        {
            await using var worker = await DecantServer.StartAsync<Sqlite>([.. settings, "role=worker"]);
            trace = Guid.NewGuid().ToString("N");
            using var request = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download)
            {
                Content = JsonContent.Create(new { url = api.Origin("media/small.mp4?traced"), format = "m4a" }),
                Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } },
            };
            var accepted = await (await api.Http.SendAsync(request, Stop)).ReadOkAsync();
            await api.CompletionOfAsync(accepted["job"]!.Number("id"));
            // A node that stops sends what it has.
        }

        var spans = collector.Spans.Where(span => span.Trace == trace).Select(span => span.Name).ToList();
        Assert.Contains(spans, name => name.Contains("video/download", StringComparison.Ordinal));
        Assert.Contains("run job", spans);
        Assert.Superset(
            new HashSet<string>
            {
                "decant.jobs.ended",
                "decant.job.stage.duration",
                "decant.conversion.duration",
                "decant.verification.duration",
                "decant.storage.duration",
            },
            collector.Metrics.ToHashSet()
        );
    }

    [Fact]
    public async Task Metrics_have_a_port_of_their_own_where_the_operator_wants_it_and_there_nothing_else()
    {
        var port = Ports.Take();
        await using var server = await DecantServer.PrepareAsync<Sqlite>($"Telemetry:MetricsPort={port}");
        using var process = await ServerProcess.StartAsync(server.Arguments);
        using var prometheus = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var people = new HttpClient { BaseAddress = process.Http.BaseAddress };

        Assert.Contains("# TYPE ", await prometheus.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await people.GetAsync("/metrics", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await prometheus.GetAsync("/api/v1/video/formats", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_port_for_metrics_that_is_added_to_the_addresses_does_not_change_where_they_were_set()
    {
        await using var server = await DecantServer.PrepareAsync<Sqlite>($"Telemetry:MetricsPort={Ports.Take()}");
        using var process = await ServerProcess.StartAsync(server.Arguments);

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/admin/settings");
        asked.Headers.Add("X-API-Key", DecantServer.Key);
        var answer = await (await process.Http.SendAsync(asked, Stop)).ReadOkAsync();

        var urls = answer["settings"]!.AsArray().Single(one => one!.Text("name") == "Urls")!;
        Assert.Equal("command_line", urls.Text("source"));
    }
}
