using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>What a client does with jobs, in few words. Waits on the job's own events.</summary>
internal static class JobFlow
{
    public const string Download = "/api/v1/video/download";
    public const string Jobs = "/api/v1/video/video-download/jobs";

    /// <summary>The address of something the lab's media origin answers.</summary>
    public static string Origin(this DecantServer server, string path) =>
        new Uri(server.Lab.PublicOrigin, path).AbsoluteUri;

    /// <summary>Asks for a download and expects it to be accepted.</summary>
    public static async Task<JsonNode> DownloadAsync(this HttpClient http, object request) =>
        await (await http.PostAsJsonAsync(Download, request)).ReadOkAsync();

    public static Task<JsonNode> DownloadAsync(this DecantServer server, object request) =>
        server.Http.DownloadAsync(request);

    /// <summary>The number of the job that an accepted download made.</summary>
    public static async Task<long> StartAsync(this HttpClient http, object request) =>
        (await http.DownloadAsync(request))["job"]!.Number("id");

    public static Task<long> StartAsync(this DecantServer server, object request) => server.Http.StartAsync(request);

    /// <summary>The job as it has ended.</summary>
    public static Task<JsonNode> EndOfAsync(this HttpClient http, long id, TimeSpan? patience = null) =>
        http.WhenAsync(id, job => job.Text("status") != "PROCESSING", patience);

    public static Task<JsonNode> EndOfAsync(this DecantServer server, long id) => server.Http.EndOfAsync(id);

    /// <summary>The job as it has been completed.</summary>
    public static async Task<JsonNode> CompletionOfAsync(this HttpClient http, long id)
    {
        var job = await http.EndOfAsync(id);
        Assert.True(job.Text("status") == "COMPLETED", job.ToJsonString());
        return job;
    }

    public static Task<JsonNode> CompletionOfAsync(this DecantServer server, long id) =>
        server.Http.CompletionOfAsync(id);

    /// <summary>The job, as soon as it is as wanted.</summary>
    public static async Task<JsonNode> WhenAsync(
        this HttpClient http,
        long id,
        Func<JsonNode, bool> wanted,
        TimeSpan? patience = null
    )
    {
        JsonNode? last = null;
        await foreach (var job in http.WatchAsync(id, patience))
        {
            last = job;
            if (wanted(job))
            {
                return job;
            }
        }

        throw new InvalidOperationException($"Job {id} ended otherwise: {last?.ToJsonString()}");
    }

    public static Task<JsonNode> WhenAsync(this DecantServer server, long id, Func<JsonNode, bool> wanted) =>
        server.Http.WhenAsync(id, wanted);

    /// <summary>The job whenever it changes, until it has ended.</summary>
    public static async IAsyncEnumerable<JsonNode> WatchAsync(this HttpClient http, long id, TimeSpan? patience = null)
    {
        using var over = new CancellationTokenSource(patience ?? Quiet.Patience);
        await using var stream = await http.GetStreamAsync($"{Jobs}/{id}/events", over.Token);
        var events = SseParser.Create(stream, (_, bytes) => JsonNode.Parse(bytes)!);
        await foreach (var item in events.EnumerateAsync(over.Token))
        {
            yield return item.Data;
        }
    }

    public static async Task<JsonNode> JobAsync(this DecantServer server, long id) =>
        await (await server.Http.GetAsync($"{Jobs}/{id}")).ReadOkAsync();

    public static string Text(this JsonNode node, string name) => (string)node[name]!;

    public static long Number(this JsonNode node, string name) => (long)node[name]!;

    /// <summary>What lies on the disk of unfinished runs and of finished files.</summary>
    public static IReadOnlyList<string> FilesIn(this DecantServer server, string folder) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(server.DataDirectory, folder), "*", SearchOption.AllDirectories)
                // The name of the storage.
                .Where(path => !Path.GetFileName(path).StartsWith('.')),
        ];
}
