using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Decant.Server.Tests.Fixture;
using Decant.Server.Tests.Jobs;

namespace Decant.Server.Tests.Cluster;

/// <summary>Processes of the program on one database and one storage, of which any may be killed, and a client that asks whichever answers.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly List<DecantServer> _prepared = [];
    private readonly ServerProcess?[] _running;
    private readonly ConcurrentQueue<string> _log = new();
    private TaskCompletionSource _started = New();
    private int _turn;

    private Nodes(int count) => _running = new ServerProcess?[count];

    /// <summary>All that every process has written, of those that were killed, too.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static async Task<Nodes> StartAsync(int count, string[] settings)
    {
        var nodes = new Nodes(count);
        for (var node = 0; node < count; node++)
        {
            nodes._prepared.Add(await DecantServer.PrepareAsync<Sqlite>(settings));
            await nodes.StartAsync(node);
        }

        return nodes;
    }

    public async Task StartAsync(int node)
    {
        _running[node] = await ServerProcess.StartAsync(_prepared[node].Arguments, log: _log.Enqueue);
        Interlocked.Exchange(ref _started, New()).SetResult();
    }

    /// <summary>With no last word.</summary>
    public async Task KillAsync(int node)
    {
        using var process = _running[node]!;
        _running[node] = null;
        await process.KillAsync();
    }

    /// <summary>Asks for a download until some node has accepted it, which none does twice.</summary>
    public async Task<long> AcceptAsync(object request, string name)
    {
        var answer = await AskAsync(http =>
        {
            var message = new HttpRequestMessage(HttpMethod.Post, JobFlow.Download)
            {
                Content = JsonContent.Create(request),
            };
            message.Headers.Add("Idempotency-Key", name);
            return http.SendAsync(message);
        });
        return answer["job"]!.Number("id");
    }

    /// <summary>The job as it has ended; each question is held by the node until the job changes.</summary>
    public async Task<JsonNode> EndOfAsync(long id)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        while (true)
        {
            var job = await AskAsync(http => http.GetAsync($"{JobFlow.Jobs}/{id}?wait=20", patience.Token));
            if (job.Text("status") != "PROCESSING")
            {
                return job;
            }
        }
    }

    /// <summary>Cancels on whichever node answers.</summary>
    public Task<JsonNode> CancelAsync(long id) => AskAsync(http => http.PostAsync($"{JobFlow.Jobs}/{id}/cancel", null));

    /// <returns>The bytes of a link, from each node.</returns>
    public async Task<IReadOnlyList<long>> LengthsAsync(Uri link)
    {
        var lengths = new List<long>();
        foreach (var node in _running)
        {
            var address = new Uri(node!.Http.BaseAddress!, link.PathAndQuery);
            lengths.Add((await node.Http.GetByteArrayAsync(address)).Length);
        }

        return lengths;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running)
        {
            process?.Dispose();
        }

        foreach (var server in _prepared)
        {
            await server.DisposeAsync();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks one node after the other until one answers with more than that it cannot just now.</summary>
    private async Task<JsonNode> AskAsync(Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        using var patience = new CancellationTokenSource(Quiet.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var started = Volatile.Read(ref _started).Task;
            if (_running[Interlocked.Increment(ref _turn) % _running.Length] is { } node)
            {
                try
                {
                    using var answer = await ask(node.Http);
                    if (
                        answer.StatusCode
                        is not (
                            HttpStatusCode.ServiceUnavailable
                            or HttpStatusCode.Conflict
                            or HttpStatusCode.BadGateway
                        )
                    )
                    {
                        return await answer.ReadOkAsync();
                    }

                    // The node's own word for when to come back, or the pause of a client that was told none: nothing else says when a
                    // database or a storage is there again.
                    await Task.Delay(
                        answer.Headers.RetryAfter?.Delta is { } after && after < Pause ? after : Pause,
                        patience.Token
                    );
                    continue;
                }
                catch (Exception died)
                    when (died is HttpRequestException or IOException or SocketException or ObjectDisposedException
                        || (died is OperationCanceledException && !patience.IsCancellationRequested)
                    )
                {
                    // Killed meanwhile, or its client disposed of, which cancels what it was asked: that is what this is about.
                }
            }

            if (_running.All(one => one is null))
            {
                await started.WaitAsync(patience.Token);
            }
            else
            {
                // Another is up, and may be asked at once; those that wait for it are many.
                await Task.Yield();
            }
        }
    }
}
