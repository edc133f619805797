using Decant.Lab.Media;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.TikTok;

/// <summary>TikTok's pages and short links. <c>vm.tiktok.com/ZMlab{digits}</c> leads to the post whose number ends in those digits.</summary>
internal sealed class TikTokSite(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    /// <summary>Given with the page and wanted by the CDN.</summary>
    public const string ChainCookie = "tt_chain_token";

    private const string FirstPost = "7100000000000000000";
    private readonly TikTokPage _page = new(catalogue, signed);

    public IReadOnlyList<string> Hosts =>
        ["www.tiktok.com", "tiktok.com", "m.tiktok.com", "vm.tiktok.com", "vt.tiktok.com", "www.tiktokv.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/@{user}/video/{id:long}", read, PostAsync);
        routes.MapMethods("/@/video/{id:long}", read, PostAsync);
        routes.MapMethods("/share/video/{id:long}", read, PostAsync);
        routes.MapMethods("/ZMlab{tail:long}", read, ShortLink);
        routes.MapMethods("/t/ZMlab{tail:long}", read, ShortLink);
        routes.MapGet(
            "/login",
            () => TypedResults.Text("<!DOCTYPE html><html><title>Log in</title></html>", "text/html; charset=utf-8")
        );
    }

    private static RedirectHttpResult ShortLink(string tail)
    {
        var id = tail.Length < FirstPost.Length ? FirstPost[..^tail.Length] + tail : tail;
        return TypedResults.Redirect($"https://www.tiktok.com/@{TikTokPost.Author}/video/{id}?_r=1");
    }

    private async Task<IResult> PostAsync(string id, HttpContext context)
    {
        var post = new TikTokPost(id);
        if (context.Request.Host.Host == "m.tiktok.com")
        {
            return TypedResults.Redirect($"https://www.tiktok.com/@{TikTokPost.Author}/video/{id}");
        }

        if (post.WantsLogin)
        {
            return TypedResults.Redirect("https://www.tiktok.com/login?redirect_url=post");
        }

        context.Response.Cookies.Append(
            ChainCookie,
            "decantlab",
            new CookieOptions
            {
                Domain = ".tiktok.com",
                Secure = true,
                HttpOnly = true,
            }
        );
        return TypedResults.Text(await _page.ForAsync(post, context.RequestAborted), "text/html; charset=utf-8");
    }
}
