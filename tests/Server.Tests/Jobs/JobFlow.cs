using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>What a client does with jobs, in few words. Waits on the job's own events.</summary>
internal static class JobFlow
{
    public const string Jobs = "/api/v1/video/video-download/jobs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks for a download and expects it to be accepted.</summary>
    public static async Task<JsonElement> DownloadAsync(this DecantServer server, object request)
    {
        var answer = await server.PostAsync("/api/v1/video/download", request);
        return await answer.ReadAsync();
    }

    /// <summary>The number of the job that an accepted download made.</summary>
    public static async Task<long> StartAsync(this DecantServer server, object request) =>
        (await server.DownloadAsync(request)).GetProperty("job").GetProperty("id").GetInt64();

    /// <summary>The job as it has ended.</summary>
    public static Task<JsonElement> EndOfAsync(this DecantServer server, long id) =>
        server.WhenAsync(id, job => job.GetProperty("status").GetString() != "PROCESSING");

    /// <summary>The job, as soon as it is as wanted.</summary>
    public static async Task<JsonElement> WhenAsync(this DecantServer server, long id, Func<JsonElement, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var stream = await server.Http.GetStreamAsync($"{Jobs}/{id}/events", patience.Token);
        var events = SseParser.Create(stream, (_, bytes) => JsonDocument.Parse(bytes.ToArray()).RootElement.Clone());
        JsonElement? last = null;
        await foreach (var item in events.EnumerateAsync(patience.Token))
        {
            last = item.Data;
            if (wanted(item.Data))
            {
                return item.Data;
            }
        }

        throw new InvalidOperationException($"Job {id} ended otherwise: {last}");
    }

    public static async Task<JsonElement> JobAsync(this DecantServer server, long id) =>
        await (await server.Http.GetAsync($"{Jobs}/{id}")).ReadAsync();

    /// <summary>The body of an answer with 200.</summary>
    public static Task<JsonElement> ReadAsync(this HttpResponseMessage answer) => answer.ReadAsync(HttpStatusCode.OK);

    /// <summary>The body of an answer with the status that is expected.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.True(
            answer.StatusCode == status,
            $"{(int)answer.StatusCode} in place of {(int)status}: {await answer.Content.ReadAsStringAsync()}"
        );
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static long Number(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
