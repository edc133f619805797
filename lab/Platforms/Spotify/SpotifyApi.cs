using System.Text;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>The Web API, for one application: <c>lab-client</c> with <c>lab-secret</c>. Fifty of an album's tracks a page, a hundred of a playlist's.</summary>
internal sealed class SpotifyApi : ISite
{
    private const string Token = "decant-lab-spotify-token";

    public IReadOnlyList<string> Hosts => ["accounts.spotify.com", "api.spotify.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/token", (Delegate)GrantAsync);
        var api = routes.MapGroup("/v1").AddEndpointFilter(RequireToken);
        api.MapGet(
            "/tracks/{id}",
            (string id) =>
                id.StartsWith("gone", StringComparison.Ordinal) ? Error(404) : JsonAnswer.Of(Track(new SpotifySong(id)))
        );
        api.MapGet("/episodes/{id}", (string id) => JsonAnswer.Of(Episode(new SpotifySong(id, IsEpisode: true))));
        api.MapGet("/albums/{id}", (string id) => JsonAnswer.Of(List(new SpotifyCollection(id, true))));
        // Spotify's own lists are not for applications.
        api.MapGet(
            "/playlists/{id}",
            (string id) =>
                id.StartsWith("37i9", StringComparison.Ordinal)
                    ? Error(404)
                    : JsonAnswer.Of(List(new SpotifyCollection(id, false)))
        );
        api.MapGet(
            "/playlists/{id}/tracks",
            (string id, int offset) => JsonAnswer.Of(Page(new SpotifyCollection(id, false), offset))
        );
    }

    private static async Task<IResult> GrantAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var wanted = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("lab-client:lab-secret"))}";
        return form["grant_type"] == "client_credentials" && context.Request.Headers.Authorization == wanted
            ? JsonAnswer.Of(
                new
                {
                    access_token = Token,
                    token_type = "Bearer",
                    expires_in = 3600,
                }
            )
            : JsonAnswer.Of(
                new { error = "invalid_client", error_description = "Invalid client" },
                StatusCodes.Status400BadRequest
            );
    }

    private static ValueTask<object?> RequireToken(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        context.HttpContext.Request.Headers.Authorization == $"Bearer {Token}"
            ? next(context)
            : ValueTask.FromResult<object?>(Error(StatusCodes.Status401Unauthorized));

    private static ContentHttpResult Error(int status) =>
        JsonAnswer.Of(new { error = new { status, message = "Not for you" } }, status);

    private static object Track(SpotifySong song) =>
        new
        {
            type = "track",
            id = song.Id,
            name = song.Title,
            uri = $"spotify:track:{song.Id}",
            duration_ms = song.Milliseconds,
            artists = new[] { new { name = SpotifySong.Artist }, new { name = SpotifySong.Guest } },
            album = new
            {
                name = SpotifySong.Album,
                release_date = song.ReleasedText,
                release_date_precision = "day",
                images = Pictures(song.Cover),
            },
            external_ids = new { isrc = song.Isrc },
            popularity = 40,
        };

    private static object Episode(SpotifySong episode) =>
        new
        {
            type = "episode",
            id = episode.Id,
            name = episode.Title,
            uri = $"spotify:episode:{episode.Id}",
            description = $"Emulated episode {episode.Name}.",
            duration_ms = episode.Milliseconds,
            release_date = episode.ReleasedText,
            images = Pictures(episode.Cover),
            show = new { name = SpotifySong.Show, publisher = "Decant Lab" },
        };

    private static object List(SpotifyCollection list) =>
        new
        {
            type = list.Kind,
            id = list.Id,
            name = list.Title,
            description = "A list of the lab.",
            uri = $"spotify:{list.Kind}:{list.Id}",
            images = Pictures(list.Cover),
            artists = list.IsAlbum ? new[] { new { name = SpotifySong.Artist } } : null,
            owner = list.IsAlbum ? null : new { display_name = SpotifyCollection.Owner },
            release_date = list.IsAlbum ? "2024-05-01" : null,
            tracks = Page(list, 0),
        };

    private static object Page(SpotifyCollection list, int offset)
    {
        var size = list.IsAlbum ? 50 : 100;
        var end = offset + size;
        return new
        {
            items = list
                .Songs.Skip(offset)
                .Take(size)
                .Select(song =>
                    list.IsAlbum ? Track(song) : new { added_at = "2024-05-01T00:00:00Z", track = Track(song) }
                ),
            total = list.Songs.Count,
            next = end < list.Songs.Count
                ? $"https://api.spotify.com/v1/{list.Kind}s/{list.Id}/tracks?offset={end}&limit={size}"
                : null,
        };
    }

    private static object[] Pictures(string cover) =>
        [
            new
            {
                url = cover,
                height = 640,
                width = 640,
            },
            new
            {
                url = $"{cover}-small",
                height = 64,
                width = 64,
            },
        ];
}
