using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>Twitch's GraphQL: persisted operations by name, several in one call, and a query for the token that the manifests want.</summary>
internal sealed partial class TwitchGraph(SignedLinks signed, TimeProvider time) : ISite
{
    private readonly TwitchTokens _tokens = new(signed);

    public IReadOnlyList<string> Hosts => ["gql.twitch.tv"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/gql", (Delegate)AnswerAsync);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (!context.Request.Headers.ContainsKey("Client-ID"))
        {
            return JsonAnswer.Of(
                new { error = "Bad Request", message = "The \"Client-ID\" header is missing" },
                StatusCodes.Status400BadRequest
            );
        }

        // The site's own players call it text.
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        if (body is not JsonArray operations)
        {
            return Token((string?)body?["query"] ?? "");
        }

        if (operations.Any(operation => (string?)operation!["variables"]?["videoID"] == "2000000004"))
        {
            context.Response.Headers.RetryAfter = "20";
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return JsonAnswer.Of(operations.Select(operation => Answer(operation!)));
    }

    private object Answer(JsonNode operation)
    {
        var of = operation["variables"]!;
        var channel = TwitchChannel.Find((string?)of["channelLogin"] ?? (string?)of["channel"] ?? (string?)of["login"]);
        return new
        {
            data = (string?)operation["operationName"] switch
            {
                "VideoMetadata" => TwitchRecords.Video(TwitchVideo.Find((string)of["videoID"]!)),
                "VideoPlayer_ChapterSelectButtonVideo" or "VideoPlayer_VODSeekbarPreviewVideo" => new { },
                "ShareClipRenderStatus" => TwitchRecords.Clip(TwitchClip.Find((string)of["slug"]!), _tokens),
                "StreamMetadata" => TwitchRecords.Stream(channel, time.GetUtcNow()),
                "ComscoreStreamingQuery" => TwitchRecords.Broadcaster(channel),
                "VideoPreviewOverlay" => TwitchRecords.Preview(channel),
                "FilterableVideoTower_Videos" => TwitchRecords.Videos((string?)of["channelOwnerLogin"]),
                _ => new { },
            },
        };
    }

    private ContentHttpResult Token(string query)
    {
        var match = TokenQuery().Match(query);
        var (value, signature) = _tokens.For(match.Groups["of"].Value);
        return JsonAnswer.Of(
            new
            {
                data = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [match.Groups["method"].Value] = new { value, signature },
                },
            }
        );
    }

    [GeneratedRegex(
        """(?<method>\w+PlaybackAccessToken)\(\s*\w+: "(?<of>[^"]+)""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TokenQuery();
}
