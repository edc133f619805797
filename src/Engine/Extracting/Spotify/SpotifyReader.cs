using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Reads Spotify's pages and API answers through the gate, and says why where it cannot.</summary>
internal sealed class SpotifyReader(EgressGate gate, TimeSpan timeout, TimeProvider time)
{
    /// <summary>A page of a long playlist has a tenth of that.</summary>
    private const int MaxBytes = 8 << 20;

    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public Task<string> ReadAsync(Uri url, CancellationToken cancellationToken) =>
        ReadAsync(() => new HttpRequestMessage(HttpMethod.Get, url), cancellationToken);

    /// <inheritdoc cref="ReadAsync(Uri, CancellationToken)"/>
    public async Task<string> ReadAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        using var request = create();
        return await SendAsync(
            request,
            async (response, token) =>
            {
                var host = request.RequestUri!.Host;
                if (!response.IsSuccessStatusCode)
                {
                    throw Refused(response, request.RequestUri);
                }

                await response.Content.LoadIntoBufferAsync(MaxBytes, token);
                var text = await response.Content.ReadAsStringAsync(token);
                return text.Length > 0
                    ? text
                    : throw new MediaException(
                        MediaError.SourceFailed,
                        $"{host} answered with nothing; try again later."
                    );
            },
            cancellationToken
        );
    }

    /// <summary>Target of a short link.</summary>
    /// <exception cref="MediaException">With the code that says why that cannot be told.</exception>
    public async Task<Uri> FollowAsync(Uri shortLink, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, shortLink);
        return await SendAsync(
            request,
            (response, _) =>
                response.StatusCode == HttpStatusCode.NotFound && request.RequestUri!.Host == shortLink.Host
                    ? throw Refused(response, shortLink)
                    // The gate follows redirects, and the request has gone where they lead.
                    : Task.FromResult(request.RequestUri!),
            cancellationToken
        );
    }

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        // Titles and the words between them in one language, whatever the server's.
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("en"));
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (compatible; Decant/1.0)");
        var host = request.RequestUri!.Host;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await gate.Http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                either.Token
            );
            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(MediaError.SourceTimeout, $"{host} did not answer in time; try again later.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new MediaException(
                MediaError.SourceFailed,
                $"The connection to {host} failed; try again later.",
                failure
            );
        }
    }

    private MediaException Refused(HttpResponseMessage response, Uri url) =>
        ErrorMapping.Map(
            new WorkerFailure("http", "")
            {
                Status = (int)response.StatusCode,
                RetryAfter = response.Headers.RetryAfter?.ToString(),
            },
            url,
            time.GetUtcNow()
        );
}
