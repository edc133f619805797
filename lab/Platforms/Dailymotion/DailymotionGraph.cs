using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>Dailymotion's GraphQL, which wants a token that it hands out itself.</summary>
internal sealed partial class DailymotionGraph : ISite
{
    private const string Token = "decant-lab-token";

    public IReadOnlyList<string> Hosts => ["graphql.api.dailymotion.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth/token", (Delegate)TokenAsync);
        routes.MapPost("/", (Delegate)AnswerAsync);
    }

    private static async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form["grant_type"] == "client_credentials" && form.ContainsKey("client_id")
            ? JsonAnswer.Of(
                new
                {
                    access_token = Token,
                    token_type = "Bearer",
                    expires_in = 36000,
                }
            )
            : JsonAnswer.Of(
                new { error = "invalid_grant", error_description = "Invalid client" },
                StatusCodes.Status400BadRequest
            );
    }

    private static async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var query = (string?)body?["query"] ?? "";
        var asked = Asked().Match(query);
        var (kind, id) = (asked.Groups["kind"].Value, asked.Groups["id"].Value);
        if (kind == "media" && DailymotionVideo.Find(id).IsRateLimited)
        {
            context.Response.Headers.RetryAfter = "60";
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return (kind == "media" ? Media(DailymotionVideo.Find(id)) : Videos(kind, id, query)) is { } found
            ? JsonAnswer.Of(new { data = new Dictionary<string, object>(StringComparer.Ordinal) { [kind] = found } })
            : TypedResults.Text(
                $$"""{"data":{"{{kind}}":null},"errors":[{"message":"{{kind}} {{id}} not found","type":"not_found"}]}""",
                "application/json"
            );
    }

    private static object? Media(DailymotionVideo video) =>
        video.IsUnknown
            ? null
            : new
            {
                xid = video.Id,
                description = video.Description,
                geoblockedCountries = new { allowed = new[] { "FR", "BE" } },
                stats = new { likes = new { total = video.Likes }, views = new { total = video.Views } },
            };

    private static object? Videos(string kind, string id, string query)
    {
        var ids =
            kind == "collection" ? DailymotionPlaylist.Find(id)?.VideoIds
            : id == DailymotionVideo.OwnerName ? ["xfew0001", "xfew0002", "xfew0003"]
            : null;
        var paging = Paging().Match(query);
        var size = int.Parse(paging.Groups["first"].Value, CultureInfo.InvariantCulture);
        var page = int.Parse(paging.Groups["page"].Value, CultureInfo.InvariantCulture);
        return ids is null
            ? null
            : new
            {
                videos = new
                {
                    edges = ids.Skip((page - 1) * size)
                        .Take(size)
                        .Select(xid => new { node = new { xid, url = $"https://www.dailymotion.com/video/{xid}" } }),
                },
            };
    }

    [GeneratedRegex(
        """(?<kind>media|collection|channel)\(xid: "(?<id>[^"]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Asked();

    [GeneratedRegex(
        @"first: (?<first>\d+), page: (?<page>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Paging();
}
