using System.Text.Json;
using Decant.Lab.Media;
using Decant.Lab.Platforms.Meta;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.Instagram;

/// <summary>Instagram's pages, and what they ask before they show a post.</summary>
internal sealed class InstagramSite(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private const string Token = "AVrlabtoken";

    /// <summary>The cookie <c>sessionid</c> of somebody who may see private posts.</summary>
    private const string MembersSession = "lab";
    private readonly InstagramMedia _media = new(catalogue, signed);

    public IReadOnlyList<string> Hosts => ["www.instagram.com", "instagram.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/",
            () => Answer.Html(Page("Instagram", $"<script>[\"LSD\",[],{{\"token\":\"{Token}\"}},323]</script>"))
        );
        // A script that was led here has nothing to show; a visitor has a form.
        routes.MapGet(
            "/accounts/login/",
            IResult (HttpContext context) =>
                context.Request.Headers.ContainsKey("X-IG-App-ID")
                    ? TypedResults.StatusCode(StatusCodes.Status403Forbidden)
                    : Answer.Html(Page("Login", "<form id=\"loginForm\"></form>"))
        );
        routes.MapGet("/api/v1/web/get_ruling_for_content/", Rule);
        routes.MapGet("/api/v1/media/{pk}/info/", (Delegate)InfoAsync);
        routes.MapPost("/api/graphql", (Delegate)GraphQlAsync);
        foreach (var kind in new[] { "p", "tv", "reel", "reels" })
        {
            routes.MapGet($"/{kind}/{{code}}", (Delegate)PostAsync);
            routes.MapGet($"/{{user}}/{kind}/{{code}}", (Delegate)PostAsync);
        }

        routes.MapGet("/stories/{user}/{id?}", () => Answer.Html(Page("Instagram", "")));
        routes.MapGet("/{user}", () => Answer.Html(Page("Instagram", "")));
    }

    /// <summary>Whether a visitor may see a post at all.</summary>
    private static ContentHttpResult Rule(string target_id, HttpContext context)
    {
        context.Response.Cookies.Append("csrftoken", "decantlab", new CookieOptions { Domain = ".instagram.com" });
        return InstagramPost.OfPk(UInt128.Parse(target_id)).Standing switch
        {
            Standing.AgeRestricted => Refusal("Restricted Video", "You must be 18 years old or over to see this video"),
            Standing.RegionLocked => Refusal("Content unavailable", "This content isn't available in your country"),
            _ => Answer.Json(new { status = "ok" }),
        };
    }

    /// <summary>What members ask; anybody else is led to the login. A member's region is told anew each time.</summary>
    private async Task<IResult> InfoAsync(string pk, HttpContext context)
    {
        if (context.Request.Cookies["sessionid"] != MembersSession)
        {
            return TypedResults.Redirect("https://www.instagram.com/accounts/login/");
        }

        if (context.Request.Cookies["rur"] is { } region)
        {
            context.Response.Cookies.Append(
                "rur",
                $"{region}-renewed",
                new CookieOptions
                {
                    Domain = ".instagram.com",
                    MaxAge = TimeSpan.FromDays(365),
                    Secure = true,
                }
            );
        }

        return Answer.Json(await _media.InfoAsync(InstagramPost.OfPk(UInt128.Parse(pk)), context.RequestAborted));
    }

    private static ContentHttpResult Refusal(string title, string description) =>
        Answer.Json(
            new
            {
                title,
                description,
                status = "ok",
            }
        );

    /// <summary>What the page's scripts ask; the extractor does so too where it can pass for a browser.</summary>
    private async Task<IResult> GraphQlAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["lsd"] != Token)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        using var variables = JsonDocument.Parse(form["variables"].ToString());
        var pk = UInt128.Parse(variables.RootElement.GetProperty("media_id").GetString()!);
        return Answer.Json(new { data = await _media.DataAsync(InstagramPost.OfPk(pk), context.RequestAborted) });
    }

    private async Task<IResult> PostAsync(string code, HttpContext context)
    {
        var post = InstagramPost.Find(code);
        return post.Standing switch
        {
            Standing.Deleted => Answer.Html(
                Page("Page not found", "Sorry, this page isn't available."),
                StatusCodes.Status404NotFound
            ),
            Standing.LoginWall => TypedResults.Redirect($"https://www.instagram.com/accounts/login/?next=/p/{code}/"),
            Standing.RateLimited => TypedResults.StatusCode(StatusCodes.Status429TooManyRequests),
            Standing.BotCheck => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            _ => Answer.Html(
                Page(
                    "Instagram",
                    RelayScript.Of(
                        "PolarisLoggedOutDesktopWWWPostRootContentQueryRelayPreloader",
                        await _media.DataAsync(post, context.RequestAborted)
                    )
                )
            ),
        };
    }

    private static string Page(string title, string body) =>
        $"<!DOCTYPE html>\n<html lang=\"en\"><head><title>{title}</title></head>\n<body>\n{body}</body></html>\n";
}
