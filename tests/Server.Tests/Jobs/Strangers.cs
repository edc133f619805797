using System.Net.Http.Json;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Jobs;

/// <summary>Public downloads, all at once.</summary>
internal static class Strangers
{
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
