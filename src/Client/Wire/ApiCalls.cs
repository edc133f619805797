using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Decant.Client.Wire;

/// <summary>Calls of the API, each sent again where that is of use. Only what may come twice goes through here: reading, stopping, and what has an Idempotency-Key.</summary>
internal sealed class ApiCalls(HttpClient http, Uri server, DecantCredential credential, TimeProvider time)
{
    private const string Jobs = "api/v1/video/video-download/jobs";

    public Task<Accepted> SubmitAsync(string url, DownloadOptions options, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToNode(options, WireJson.Default.DownloadOptions)!;
        body["url"] = url;
        var name = options.IdempotencyKey ?? Guid.NewGuid().ToString();
        return CallAsync(
            () =>
            {
                var request = New(HttpMethod.Post, "api/v1/video/download", body.ToJsonString());
                request.Headers.Add("Idempotency-Key", name);
                return request;
            },
            WireJson.Default.Accepted,
            cancellationToken
        );
    }

    public Task<MediaInfo> InfoAsync(string url, bool includeFormats, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new InfoBody(url, includeFormats), WireJson.Default.InfoBody);
        return CallAsync(
            () => New(HttpMethod.Post, "api/v1/video/info", body),
            WireJson.Default.MediaInfo,
            cancellationToken
        );
    }

    public Task<Transcript> TranscriptAsync(string url, string? language, CancellationToken cancellationToken)
    {
        var query = $"url={Uri.EscapeDataString(url)}";
        if (language is not null)
        {
            query += $"&language={Uri.EscapeDataString(language)}";
        }

        return CallAsync(
            () => New(HttpMethod.Get, $"api/v1/video/transcript?{query}"),
            WireJson.Default.Transcript,
            cancellationToken
        );
    }

    public Task<Job> JobAsync(long id, CancellationToken cancellationToken) =>
        CallAsync(() => New(HttpMethod.Get, $"{Jobs}/{id}"), WireJson.Default.Job, cancellationToken);

    public Task<JobPage> ListAsync(JobQuery query, CancellationToken cancellationToken) =>
        CallAsync(() => New(HttpMethod.Get, $"{Jobs}?{query.ToQuery()}"), WireJson.Default.JobPage, cancellationToken);

    public Task<Job> CancelAsync(long id, CancellationToken cancellationToken) =>
        CallAsync(() => New(HttpMethod.Post, $"{Jobs}/{id}/cancel"), WireJson.Default.Job, cancellationToken);

    /// <summary>Opens the job's stream of events, once.</summary>
    public async Task<HttpResponseMessage> OpenEventsAsync(long id, CancellationToken cancellationToken)
    {
        using var request = New(HttpMethod.Get, $"{Jobs}/{id}/events");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private Task<T> CallAsync<T>(
        Func<HttpRequestMessage> make,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    ) =>
        Patience.TryAsync(
            async () =>
            {
                using var request = make();
                using var answer = await http.SendAsync(request, cancellationToken);
                return answer.StatusCode == HttpStatusCode.OK
                    ? await ReadAsync(answer, type, cancellationToken)
                    : throw await Refusals.ReadAsync(answer, time, cancellationToken);
            },
            time,
            cancellationToken
        );

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage answer,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException exception)
        {
            throw new DecantException(
                DecantException.UnexpectedAnswer,
                $"What {answer.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)} answered is not what a Decant server does: {exception.Message}",
                exception
            )
            {
                Status = (int)answer.StatusCode,
            };
        }
    }

    private HttpRequestMessage New(HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, new Uri(server, path));
        credential.ApplyTo(request.Headers);
        if (json is not null)
        {
            request.Content = new StringContent(json, mediaType: new("application/json"));
        }

        return request;
    }
}
