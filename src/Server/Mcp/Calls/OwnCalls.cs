using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Decant.Server.Mcp.Calls;

/// <summary>
/// Calls the API from within this process, with the credential and address of the request that is being answered: the same
/// handlers, limits, scopes and refusals as for calls from outside, and no second copy of any.
/// </summary>
internal sealed class OwnCalls(IServiceScopeFactory scopes, IHttpContextAccessor current, IOptions<JsonOptions> json)
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private RequestDelegate? _pipeline;

    /// <param name="pipeline">Pipeline that answers requests.</param>
    public void Open(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <exception cref="CallRefusedException">The API's own refusal.</exception>
    public async Task<TAnswer> CallAsync<TAnswer>(OwnCall call, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var response = await RunAsync(call, body, cancellationToken);
        body.Position = 0;
        using var answer = await JsonDocument.ParseAsync(body, default, cancellationToken);
        return response.StatusCode == StatusCodes.Status200OK
            ? answer.Deserialize<TAnswer>(_json)!
            : throw CallRefusedException.Of(answer.RootElement, response.Headers.RetryAfter);
    }

    /// <summary>Reads a stream of events until it ends, or nobody reads on.</summary>
    /// <exception cref="CallRefusedException">The API's own refusal.</exception>
    public async IAsyncEnumerable<TEvent> WatchAsync<TEvent>(
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TEvent : class
    {
        var pipe = new Pipe();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = RunIntoAsync(new OwnCall(HttpMethods.Get, path), pipe.Writer, over.Token);
        var events = pipe.Reader.AsStream();
        try
        {
            await foreach (var one in SseParser.Create(events).EnumerateAsync(cancellationToken))
            {
                if (one.Data is not ("" or "null"))
                {
                    yield return JsonSerializer.Deserialize<TEvent>(one.Data, _json)!;
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await events.DisposeAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunIntoAsync(OwnCall call, PipeWriter writer, CancellationToken cancellationToken)
    {
        var body = writer.AsStream();
        try
        {
            await RunAsync(call, body, cancellationToken);
        }
        finally
        {
            await body.DisposeAsync();
        }
    }

    private async Task<HttpResponse> RunAsync(OwnCall call, Stream body, CancellationToken cancellationToken)
    {
        var from =
            current.HttpContext ?? throw new InvalidOperationException("Tools are called while a request is answered.");
        await using var scope = scopes.CreateAsyncScope();
        var (context, ending) = call.ToRequest(from, scope.ServiceProvider, _json, body, cancellationToken);
        try
        {
            await _pipeline!(context);
            return context.Response;
        }
        finally
        {
            await ending.EndAsync();
        }
    }
}
