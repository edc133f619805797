using System.Globalization;
using System.Text.Json;
using Decant.Lab.Media;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.X;

/// <summary>X's pages, short links and APIs. <c>t.co/lab{digits}</c> leads to the post whose number ends in those digits.</summary>
internal sealed class XSite(MediaCatalogue catalogue, SignedLinks signed, TimeProvider time) : ISite
{
    private const string FirstPost = "1710000000000000000";
    private readonly XStatus _status = new(catalogue);

    public IReadOnlyList<string> Hosts =>
        [
            "x.com",
            "www.x.com",
            "mobile.x.com",
            "twitter.com",
            "www.twitter.com",
            "mobile.twitter.com",
            "m.twitter.com",
            "api.x.com",
            "t.co",
            "cdn.syndication.twimg.com",
        ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/1.1/guest/activate.json", Activate);
        routes.MapGet("/i/api/graphql/{query}/TweetResultByRestId", (Delegate)GraphQlAsync);
        routes.MapGet("/tweet-result", EmbeddedAsync);
        routes.MapMethods("/lab{tail:long}", [HttpMethods.Get, HttpMethods.Head], ShortLink);
        // What a browser gets, whatever it asks for: scripts that would call the API.
        routes.MapGet("/{user}/status/{id:long}", () => Shell);
        routes.MapGet("/{user}", () => Shell);
    }

    private static ContentHttpResult Shell { get; } =
        Answer.Html(
            "<!DOCTYPE html><html><head><title>X</title></head><body><div id=\"react-root\"></div></body></html>"
        );

    /// <summary>Whoever has no account needs such a token for each call; it ends.</summary>
    private IResult Activate(HttpContext context)
    {
        if (!IsBearer(context))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var (expires, signature) = signed.Sign("x guest", TimeSpan.FromHours(3));
        return Answer.Json(new { guest_token = string.Create(CultureInfo.InvariantCulture, $"{expires}-{signature}") });
    }

    private async Task<IResult> GraphQlAsync(HttpContext context)
    {
        var token = context.Request.Headers["x-guest-token"].ToString().Split('-');
        if (!IsBearer(context) || token.Length != 2 || !signed.IsGood("x guest", token[0], token[1]))
        {
            return Answer.Json(
                new { errors = new[] { new { message = "Bad guest token", code = 239 } } },
                StatusCodes.Status403Forbidden
            );
        }

        using var variables = JsonDocument.Parse(context.Request.Query["variables"].ToString());
        var post = XPost.Find(variables.RootElement.GetProperty("tweetId").GetString()!);
        return post.Standing is Standing.RateLimited or Standing.Throttled
            ? TooMany(context)
            : Answer.Json(await _status.ResultAsync(post, context.RequestAborted));
    }

    private async Task<IResult> EmbeddedAsync(string id, HttpContext context) =>
        XPost.Find(id) is { Standing: not Standing.RateLimited } post
            ? Answer.Json(await _status.EmbeddedAsync(post, context.RequestAborted))
            : TooMany(context);

    private StatusCodeHttpResult TooMany(HttpContext context)
    {
        context.Response.Headers["x-rate-limit-reset"] = $"{time.GetUtcNow().AddMinutes(15).ToUnixTimeSeconds()}";
        return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    private static RedirectHttpResult ShortLink(string tail)
    {
        var id = tail.Length < FirstPost.Length ? FirstPost[..^tail.Length] + tail : tail;
        return TypedResults.Redirect($"https://x.com/{XPost.Handle}/status/{id}");
    }

    private static bool IsBearer(HttpContext context) =>
        context.Request.Headers.Authorization.ToString().StartsWith("Bearer AAAA", StringComparison.Ordinal);
}
