using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Decant.Server.Tests.Jobs;

/// <summary>Someone who watches all of his jobs.</summary>
internal sealed class Watching : IAsyncDisposable
{
    public const string Events = "/api/v1/video/video-download/events";

    private readonly CancellationTokenSource _patience = new(Quiet.Patience);
    private readonly Stream _stream;
    private readonly IAsyncEnumerator<SseItem<JsonNode?>> _events;

    private Watching(Stream stream)
    {
        _stream = stream;
        _events = SseParser
            .Create(stream, (_, bytes) => bytes.IsEmpty ? null : JsonNode.Parse(bytes))
            .EnumerateAsync(_patience.Token)
            .GetAsyncEnumerator(_patience.Token);
    }

    /// <summary>The id of the last event that had one.</summary>
    public string? LastId { get; private set; }

    public static async Task<Watching> StartAsync(HttpClient http, string path = Events, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new Watching(await answer.Content.ReadAsStreamAsync());
    }

    public async Task<SseItem<JsonNode?>> NextAsync()
    {
        Assert.True(await _events.MoveNextAsync(), "The stream is over.");
        LastId = _events.Current.EventId ?? LastId;
        return _events.Current;
    }

    /// <summary>Jobs up to the next heartbeat.</summary>
    public async Task<IReadOnlyList<JsonNode>> UntilHeartbeatAsync()
    {
        var jobs = new List<JsonNode>();
        while (await NextAsync() is { EventType: "job", Data: { } job })
        {
            jobs.Add(job);
        }

        return jobs;
    }

    public async Task<JsonNode> WhenAsync(Func<JsonNode, bool> wanted)
    {
        while (true)
        {
            if ((await NextAsync()).Data is { } job && wanted(job))
            {
                return job;
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>The kind of the last event, which must be without data.</returns>
    public async Task<string> LastAsync()
    {
        SseItem<JsonNode?> last = default;
        while (await _events.MoveNextAsync())
        {
            last = _events.Current;
        }

        Assert.Null(last.Data);
        return last.EventType;
    }

    public async ValueTask DisposeAsync()
    {
        await _patience.CancelAsync();
        await _stream.DisposeAsync();
        _patience.Dispose();
    }
}
