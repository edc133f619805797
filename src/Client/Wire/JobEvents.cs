using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Decant.Client.Wire;

/// <summary>A job's stream of events while it lasts.</summary>
internal sealed class JobEvents : IAsyncDisposable
{
    /// <summary>The server says something every 15 s; something between that holds it back makes the stream worthless.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);

    private readonly HttpResponseMessage _answer;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _over;
    private readonly IAsyncEnumerator<SseItem<Job?>> _events;

    private JobEvents(
        HttpResponseMessage answer,
        Stream stream,
        CancellationTokenSource silence,
        CancellationTokenSource over
    )
    {
        _answer = answer;
        _silence = silence;
        _over = over;
        _events = SseParser
            .Create(stream, (_, bytes) => JsonSerializer.Deserialize(bytes, WireJson.Default.Job))
            .EnumerateAsync(over.Token)
            .GetAsyncEnumerator(CancellationToken.None);
    }

    /// <returns>Null where there is no such stream to be had just now.</returns>
    public static async Task<JobEvents?> TryOpenAsync(
        ApiCalls calls,
        long id,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? answer = null;
        try
        {
            answer = await calls.OpenEventsAsync(id, cancellationToken);
            if (
                answer.StatusCode == HttpStatusCode.OK
                && answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
            )
            {
                var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
                var silence = new CancellationTokenSource(Silence, time);
                var over = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
                return new JobEvents(answer, stream, silence, over);
            }
        }
        catch (Exception exception) when (Failures.IsOfConnection(exception, cancellationToken))
        {
            // The job itself is asked next, and says what is wrong.
        }

        answer?.Dispose();
        return null;
    }

    /// <returns>Null when the stream is over, broken or silent.</returns>
    public async Task<Job?> NextAsync(CancellationToken cancellationToken)
    {
        _silence.CancelAfter(Silence);
        try
        {
            while (await _events.MoveNextAsync())
            {
                if (_events.Current.Data is { } job)
                {
                    return job;
                }
            }

            return null;
        }
        catch (Exception exception)
            when (exception is JsonException || Failures.IsOfConnection(exception, cancellationToken))
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _answer.Dispose();
        _over.Dispose();
        _silence.Dispose();
    }
}
