using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>Spotify's Web API with the operator's credentials: it tells the ISRC, and lists of any length.</summary>
/// <remarks>https://developer.spotify.com/documentation/web-api</remarks>
internal sealed class SpotifyWebApi(SpotifyReader reader, SpotifyCredentials credentials, TimeProvider time)
    : IDisposable
{
    private static readonly Uri TokenUrl = new("https://accounts.spotify.com/api/token");
    private static readonly Uri Base = new("https://api.spotify.com/v1/");

    /// <summary>A token is renewed this long before its end, so that none ends on the way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _renewing = new(1);
    private (string Token, DateTimeOffset Until)? _token;

    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public async Task<SpotifyRecording> RecordingAsync(SpotifyAddress address, CancellationToken cancellationToken)
    {
        // Episodes are told only to those who say where they are.
        var path = address.Kind == SpotifyKind.Episode ? $"episodes/{address.Id}?market=US" : $"tracks/{address.Id}";
        return SpotifyApiRecords.Recording(address, await GetAsync(new Uri(Base, path), cancellationToken));
    }

    /// <inheritdoc cref="RecordingAsync"/>
    public async Task<SpotifyList> ListAsync(SpotifyAddress address, int most, CancellationToken cancellationToken)
    {
        var kind = address.Kind == SpotifyKind.Album ? "albums" : "playlists";
        var first = await GetAsync(new Uri(Base, $"{kind}/{address.Id}"), cancellationToken);
        var page = first.Field("tracks");
        var entries = SpotifyApiRecords.Entries(page).ToList();
        while (entries.Count < most && page?.WebUrl("next") is { } next && next.Host == Base.Host)
        {
            page = await GetAsync(next, cancellationToken);
            entries.AddRange(SpotifyApiRecords.Entries(page));
        }

        return SpotifyApiRecords.List(address, first, [.. entries.Take(most)]);
    }

    public void Dispose() => _renewing.Dispose();

    private async Task<JsonElement> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        var token = await TokenAsync(cancellationToken);
        return await ReadAsync(
            () =>
                new HttpRequestMessage(HttpMethod.Get, url)
                {
                    Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
                },
            cancellationToken
        );
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } known && known.Until > time.GetUtcNow())
            {
                return known.Token;
            }

            var answer = await ReadAsync(TokenRequest, cancellationToken);
            var token = answer.Text("access_token") ?? throw Unreadable();
            var life = answer.Seconds("expires_in") ?? TimeSpan.Zero;
            _token = (token, time.GetUtcNow() + life - Margin);
            return token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    private HttpRequestMessage TokenRequest() =>
        new(HttpMethod.Post, TokenUrl)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers =
            {
                Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.ClientId}:{credentials.ClientSecret}"))
                ),
            },
        };

    private async Task<JsonElement> ReadAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var text = await reader.ReadAsync(request, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static MediaException Unreadable() =>
        new(MediaError.SourceFailed, $"{Base.Host} answered in a way that this version does not know.");
}
