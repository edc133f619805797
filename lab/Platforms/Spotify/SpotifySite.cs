using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>Spotify's public pages, its player for other sites, its pictures and short links.</summary>
internal sealed class SpotifySite(MediaCatalogue catalogue) : ISite
{
    /// <summary>A page as nobody has seen it yet.</summary>
    private const string Unknown = "<!DOCTYPE html><title>Spotify</title><div id=\"main\"></div>";

    private const string Html = "text/html; charset=utf-8";

    public IReadOnlyList<string> Hosts => ["open.spotify.com", "play.spotify.com", "spotify.link", "i.scdn.co"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var language in new[] { "", "/intl-{language}" })
        {
            routes.MapGet($"{language}/track/{{id:length(22)}}", (string id, HttpContext context) => Song(id, context));
            routes.MapGet($"{language}/album/{{id:length(22)}}", (string id) => List(new SpotifyCollection(id, true)));
            routes.MapGet(
                $"{language}/playlist/{{id:length(22)}}",
                (string id) => List(new SpotifyCollection(id, false))
            );
        }

        routes.MapGet(
            "/embed/{kind}/{id:length(22)}",
            (string kind, string id) =>
                id.StartsWith("changed0001", StringComparison.Ordinal) ? TypedResults.Text(Unknown, Html)
                : SpotifyEmbedPage.Of(kind, id) is { } page ? TypedResults.Text(page, Html)
                : TypedResults.Text(SpotifyEmbedPage.Gone, Html, statusCode: StatusCodes.Status404NotFound)
        );
        routes.MapGet(
            "/lab{name:length(11)}",
            (string name) =>
                TypedResults.Redirect($"{new SpotifySong(SpotifySong.IdOf(name)).Page}?si=lab&utm_source=copy-link")
        );
        routes.MapMethods(
            "/image/{name}",
            [HttpMethods.Get, HttpMethods.Head],
            async (CancellationToken stop) =>
                StoredFile.Serve((await catalogue.GetAsync(PictureRecipes.Name("640x640", "jpg"), stop)).Path)
        );
    }

    private static IResult Song(string id, HttpContext context)
    {
        var song = new SpotifySong(id);
        switch (song.Name)
        {
            case "gone0000001":
                return TypedResults.NotFound();
            case "refused0001":
                return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
            case "toomany0001":
                context.Response.Headers.RetryAfter = "15";
                return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
            case "changed0001":
            case "newpage0001":
                return TypedResults.Text(Unknown, Html);
            default:
                return TypedResults.Text(SpotifyHeadPage.Of(song), Html);
        }
    }

    private static ContentHttpResult List(SpotifyCollection list) => TypedResults.Text(SpotifyHeadPage.Of(list), Html);
}
