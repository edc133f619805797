using System.Text.Json.Nodes;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>YouTube's pages and the calls its players make.</summary>
internal sealed class YouTubeSite(MediaCatalogue catalogue, SignedLinks signed, LiveStreams streams, TimeProvider time)
    : ISite
{
    private readonly PlayerResponse _players = new(
        new StreamingData(catalogue, new GoogleVideoLinks(signed)),
        new Captions(signed),
        time
    );

    private const string Html = "text/html; charset=utf-8";

    public IReadOnlyList<string> Hosts =>
        [
            "www.youtube.com",
            "youtube.com",
            "m.youtube.com",
            "music.youtube.com",
            "www.youtube-nocookie.com",
            "youtu.be",
        ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/watch", (string? v, HttpContext context) => WatchAsync(v, context));
        routes.MapGet("/shorts/{id}", WatchAsync);
        routes.MapGet("/live/{id}", WatchAsync);
        routes.MapGet("/embed/{id}", () => TypedResults.Text(WatchPage.Data("YouTube", new { }), Html));
        routes.MapGet("/", () => TypedResults.Text(WatchPage.Data("YouTube", new { }), Html));
        routes.MapGet(
            "/{id:length(11)}",
            (string id) => TypedResults.Redirect($"https://www.youtube.com/watch?v={id}")
        );
        routes.MapGet("/@{handle}/{tab=featured}", (string handle, string tab) => Channel($"@{handle}", tab));
        foreach (var kind in (string[])["channel", "c", "user"])
        {
            routes.MapGet($"/{kind}/{{name}}/{{tab=featured}}", Channel);
        }

        routes.MapGet("/playlist", (string? list) => TypedResults.Text(WatchPage.Data("Playlist", Browse(list)), Html));
        routes.MapGet("/s/player/{version}/{**script}", () => TypedResults.Text(PlayerScript.Text, "text/javascript"));
        routes.MapPost("/youtubei/v1/player", PlayerAsync);
        routes.MapPost(
            "/youtubei/v1/next",
            (JsonObject body) => Answer(WatchPage.WatchNext(YouTubeVideo.Find((string?)body["videoId"] ?? ""), null))
        );
        routes.MapPost(
            "/youtubei/v1/browse",
            (JsonObject body) =>
                Answer(
                    (string?)body["continuation"] is { } token
                        ? PlaylistPage.Next(token) ?? ChannelPage.Next(token) ?? PlaylistPage.Gone
                        : Browse(((string?)body["browseId"])?[2..])
                )
        );
    }

    private static IResult Channel(string name, string tab) =>
        YouTubeChannel.Find(name) is { } channel
            ? TypedResults.Text(WatchPage.Data(channel.Name, ChannelPage.Of(channel, tab)), Html)
            : TypedResults.NotFound();

    private static object Browse(string? list) =>
        YouTubePlaylist.Find(list) is { } playlist ? PlaylistPage.First(playlist) : PlaylistPage.Gone;

    private static ContentHttpResult Answer(object value) => TypedResults.Text(Json.Text(value), "application/json");

    /// <summary>A stream to come is on air once a test has begun it, as <c>youtube/ID</c>, and a film when it has ended it.</summary>
    private YouTubeVideo Find(string id) =>
        YouTubeVideo.Find(id) switch
        {
            { Standing: Standing.Upcoming } video when streams.HasBegun($"youtube/{id}") => video with
            {
                Standing = Standing.Live,
            },
            { Standing: Standing.Live } video when streams.HasEnded($"youtube/{id}") => video with
            {
                Standing = Standing.Open,
                Seconds = 12,
            },
            var video => video,
        };

    private async Task<IResult> WatchAsync(string? id, HttpContext context)
    {
        if (id is not { Length: 11 })
        {
            return TypedResults.Redirect("https://www.youtube.com/");
        }

        var video = Find(id);
        var player = await _players.ForAsync(video, "WEB", context.RequestAborted);
        var playlist = YouTubePlaylist.Find(context.Request.Query["list"]);
        return TypedResults.Text(WatchPage.Video(video, player, playlist), Html);
    }

    private async Task<IResult> PlayerAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var video = Find((string?)body["videoId"] ?? "");
        var client = (string?)body["context"]?["client"]?["clientName"] ?? "WEB";
        return Answer(await _players.ForAsync(video, client, cancellationToken));
    }
}
