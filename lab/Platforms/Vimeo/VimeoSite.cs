using System.Globalization;
using System.Text;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Vimeo;

/// <summary>Vimeo's pages, its player, and what its pages ask of its API.</summary>
internal sealed class VimeoSite(SignedLinks signed, TimeProvider time) : ISite
{
    private readonly VimeoPlayer _player = new(signed, time);

    public IReadOnlyList<string> Hosts => ["vimeo.com", "www.vimeo.com", "player.vimeo.com", "api.vimeo.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{id:long}/{hash?}", (long id) => Film(VimeoVideo.Find(id), VimeoPages.Film));
        routes.MapGet("/showcase/{list}/video/{id:long}", (long id) => Film(VimeoVideo.Find(id), VimeoPages.Film));
        routes.MapGet("/groups/{list}/videos/{id:long}", (long id) => Film(VimeoVideo.Find(id), VimeoPages.Film));
        routes.MapGet("/channels/{list}/{id:long}", (long id) => Film(VimeoVideo.Find(id), VimeoPages.InChannel));
        routes.MapGet("/video/{id:long}", (long id) => Play(VimeoVideo.Find(id)));
        routes.MapGet("/video/{id:long}/config", (long id) => Answer.Json(_player.Config(VimeoVideo.Find(id))));
        routes.MapGet("/ondemand/{title}", () => Answer.Html(VimeoPages.Shell));
        routes.MapGet("/blog/post/{title}", () => Answer.Html(VimeoPages.Shell));
        routes.MapGet("/api/oembed.json", Embed);
        routes.MapGet(
            "/channels/{list}/videos/page:{number:int}/",
            (string list, int number) => Page(list, number, $"/channels/{list}/")
        );
        routes.MapGet("/{user}/videos/page:{number:int}/", (string user, int number) => Page(user, number, "/"));
        routes.MapGet("/_next/viewer", () => Answer.Json(new { jwt = WebToken(), xsrft = "decant.lab" }));
        routes.MapGet("/albums/{list}", Showcase);
        routes.MapGet("/albums/{list}/videos", ShowcasePage);
    }

    private static IResult Film(VimeoVideo video, Func<VimeoVideo, string> page) =>
        video.Standing is Standing.BotCheck or Standing.PageBotCheck ? Refused
        : video.Standing == Standing.Deleted ? Missing
        : Answer.Html(page(video));

    private IResult Play(VimeoVideo video) =>
        video.Standing switch
        {
            Standing.BotCheck => Refused,
            Standing.Deleted => Missing,
            Standing.EmbedOnly => Answer.Html(
                "Because of its privacy settings, this video cannot be played here.",
                StatusCodes.Status403Forbidden
            ),
            _ => Answer.Html(VimeoPages.Player(_player, video)),
        };

    private static IResult Refused => TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private static IResult Missing => Answer.Html(VimeoPages.Shell, StatusCodes.Status404NotFound);

    private static IResult Embed(string url) =>
        long.TryParse(new Uri(url).Segments[^1], CultureInfo.InvariantCulture, out var id)
            ? Answer.Json(VimeoPlayer.Embed(VimeoVideo.Find(id)))
            : TypedResults.NotFound();

    private static IResult Page(string id, int number, string folder) =>
        VimeoList.Find(id) is { } list ? Answer.Html(VimeoPages.List(list, number, folder)) : TypedResults.NotFound();

    private static IResult Showcase(string list, HttpContext context) =>
        !IsVisitor(context) ? TypedResults.StatusCode(StatusCodes.Status401Unauthorized)
        : list == VimeoList.RateLimited ? TypedResults.StatusCode(StatusCodes.Status429TooManyRequests)
        : list == VimeoList.Locked ? Answer.Json(new { name = "Locked", privacy = new { view = "password" } })
        : VimeoList.Find(list) is { } found
            ? Answer.Json(
                new
                {
                    name = found.Title,
                    description = "Films of the lab",
                    privacy = new { view = "anybody" },
                }
            )
        : TypedResults.NotFound();

    private static IResult ShowcasePage(string list, int page, int per_page, HttpContext context) =>
        IsVisitor(context) && VimeoList.Find(list) is { } found
            ? Answer.Json(
                new
                {
                    total = found.Videos.Count,
                    data = found
                        .Videos.Skip((page - 1) * per_page)
                        .Take(per_page)
                        .Select(video => new { link = $"https://vimeo.com/{video.Id}", uri = $"/videos/{video.Id}" }),
                }
            )
            : TypedResults.NotFound();

    private static bool IsVisitor(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().StartsWith("jwt ", StringComparison.Ordinal);

    /// <summary>What every visitor's browser gets. Its reader looks at the end alone.</summary>
    private string WebToken()
    {
        var ends = time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        return string.Join('.', new[] { "{\"alg\":\"HS256\"}", $"{{\"exp\":{ends}}}", "lab" }.Select(Part));

        static string Part(string text) =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
