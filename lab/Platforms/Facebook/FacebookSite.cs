using Decant.Lab.Media;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Facebook;

/// <summary>Facebook's pages and short links: <c>fb.watch/lab{number}</c> and <c>/share/v/lab{number}</c> lead to that video.</summary>
internal sealed class FacebookSite(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private readonly FacebookPage _page = new(catalogue, signed);

    public IReadOnlyList<string> Hosts =>
        ["www.facebook.com", "facebook.com", "m.facebook.com", "web.facebook.com", "fb.watch"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in new[] { "/watch", "/watch/live", "/video.php", "/video/video.php", "/video/embed" })
        {
            routes.MapGet(
                path,
                (string? v, string? video_id, HttpContext context) => VideoAsync(v ?? video_id, context)
            );
        }

        routes.MapGet("/{user}/videos/{id:long}", VideoAsync);
        routes.MapGet("/{user}/videos/{title}/{id:long}", VideoAsync);
        routes.MapGet("/{user}/posts/{id:long}", VideoAsync);
        routes.MapGet("/reel/{id:long}", VideoAsync);
        foreach (var shared in new[] { "/lab{id:long}", "/share/v/lab{id:long}", "/share/r/lab{id:long}" })
        {
            routes.MapMethods(
                shared,
                [HttpMethods.Get, HttpMethods.Head],
                (string id) => TypedResults.Redirect($"https://www.facebook.com/watch/?v={id}")
            );
        }

        // Where older players asked for what the page lacked.
        routes.MapPost("/video/tahoe/async/{id:long}/", () => TypedResults.Text("for (;;);{\"error\":1357001}"));
        routes.MapGet("/{user}", () => Answer.Html(FacebookPage.Shell));
    }

    private async Task<IResult> VideoAsync(string? id, HttpContext context)
    {
        var video = FacebookVideo.Find(id ?? "");
        return video.Standing switch
        {
            Standing.RateLimited => TypedResults.StatusCode(StatusCodes.Status429TooManyRequests),
            Standing.BotCheck => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            Standing.LoginWall => Answer.Html(FacebookPage.Login),
            Standing.Changed => Answer.Html(FacebookPage.Rebuilt(video)),
            _ when video.Notice is { } notice => Answer.Html(FacebookPage.Notice(notice)),
            _ => Answer.Html(await _page.ForAsync(video, context.RequestAborted)),
        };
    }
}
