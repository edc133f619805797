using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.TikTok;

/// <summary>TikTok's CDN. As the real one does, it answers 403 to a link that was changed or has expired, and to whoever lacks the page's cookie.</summary>
internal sealed class TikTokCdn(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    public IReadOnlyList<string> Hosts => ["*.us.tiktok.com", "*.tiktokcdn.com", "*.tiktokcdn-us.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/video/tos/lab/{id}/{name}", read, (Delegate)ServeAsync);
        routes.MapMethods(
            "/obj/{**cover}",
            read,
            async (CancellationToken cancellationToken) =>
                StoredFile.Serve(
                    (await catalogue.GetAsync(PictureRecipes.Name("720x1280", "webp"), cancellationToken)).Path
                )
        );
    }

    private async Task<IResult> ServeAsync(string id, string name, HttpContext context)
    {
        var query = context.Request.Query;
        if (
            TikTokFormat.Find(name) is not { } format
            || !signed.IsGood($"{id}|{name}", query["expire"], query["signature"])
            || !context.Request.Cookies.ContainsKey(TikTokSite.ChainCookie)
        )
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var file = await catalogue.GetAsync(format.ClipOf(new TikTokPost(id)), context.RequestAborted);
        return StoredFile.Serve(file.Path);
    }
}
