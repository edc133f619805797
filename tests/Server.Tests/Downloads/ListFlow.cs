using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Downloads;

/// <summary>Steps of a client with lists, in few words.</summary>
internal static class ListFlow
{
    /// <summary>All that is said of an address, its entries or its formats with it.</summary>
    public static async Task<JsonNode> InfoAsync(this HttpClient client, string url) =>
        await (await client.PostAsJsonAsync("/api/v1/video/info", new { url, include_formats = true })).ReadOkAsync();

    /// <summary>Cancels all jobs of an accepted download.</summary>
    public static async Task CancelAsync(this HttpClient client, JsonNode answer) =>
        await (await client.PostAsync($"/api/v1/video/batches/{answer.Text("batch_id")}/cancel", null)).ReadOkAsync();
}

/// <summary>Test classes that share one server.</summary>
[CollectionDefinition]
public sealed class ListServers<TDatabase> : ICollectionFixture<ServerOn<TDatabase>>
    where TDatabase : ITestDatabase;
