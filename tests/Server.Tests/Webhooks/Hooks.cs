using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Webhooks;

/// <summary>What a client does with webhooks, in few words.</summary>
internal static class Hooks
{
    public const string Endpoints = "/api/v1/webhooks/endpoints";
    public const string Deliveries = "/api/v1/webhooks/deliveries";

    /// <summary>Hardly any wait between attempts, and a look at what is due many times a second.</summary>
    public static readonly string[] Quick = ["Webhooks:PollEvery=00:00:00.02", "Webhooks:RetryAfter=00:00:00.01"];

    public static async Task<JsonNode> AddEndpointAsync(this HttpClient http, string url, params string[] events) =>
        await (
            await http.PostAsJsonAsync(Endpoints, events.Length == 0 ? new { url } : (object)new { url, events })
        ).ReadOkAsync();

    public static async Task<JsonNode> EndpointAsync(this HttpClient http, long id) =>
        await (await http.GetAsync($"{Endpoints}/{id}")).ReadOkAsync();

    /// <summary>The newest deliveries of an endpoint.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DeliveriesOfAsync(this HttpClient http, long endpoint) =>
        [
            .. (await (await http.GetAsync($"{Endpoints}/{endpoint}/deliveries")).ReadOkAsync())["items"]!
                .AsArray()
                .Select(item => item!),
        ];

    /// <summary>The delivery, as soon as it is as wanted. Asked again and again: nothing tells of it.</summary>
    public static async Task<JsonNode> DeliveryWhenAsync(
        this HttpClient http,
        long endpoint,
        Func<JsonNode, bool> wanted
    )
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            if ((await http.DeliveriesOfAsync(endpoint)).FirstOrDefault(wanted) is { } found)
            {
                return found;
            }
        } while (await timer.WaitForNextTickAsync(patience.Token));
        throw new InvalidOperationException("The timer ended.");
    }
}
