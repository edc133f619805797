using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>Public downloads, all at once.</summary>
internal static class Strangers
{
    /// <summary>A public job as it has ended.</summary>
    /// <param name="server">Where it runs.</param>
    /// <param name="status">Its <c>status_url</c>.</param>
    public static async Task<JsonNode> PublicEndOfAsync(this DecantServer server, string status)
    {
        JsonNode? job = null;
        await server.UntilAsync(async () =>
            (job = await (await server.Public.GetAsync(status)).ReadOkAsync()).Text("status") != "PROCESSING"
        );
        return job!;
    }

    /// <returns>What each was answered; they are spread over the nodes.</returns>
    public static async Task<IReadOnlyList<HttpResponseMessage>> BurstAsync(int count, params DecantServer[] nodes) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(index => (Node: nodes[index % nodes.Length], Name: $"burst{index}"))
                .Select(one =>
                    one.Node.Public.PostAsJsonAsync(
                        "/api/v1/video/public/download",
                        new { url = one.Node.Origin($"media/small.mp4?{one.Name}"), format = "mp3" }
                    )
                )
        );
}
