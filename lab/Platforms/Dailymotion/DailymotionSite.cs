using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>The pages, short links, and what the player is told about a video.</summary>
internal sealed class DailymotionSite(SignedLinks signed) : ISite
{
    private const string Html = "text/html; charset=utf-8";

    private readonly DailymotionLinks _links = new(signed);

    public IReadOnlyList<string> Hosts =>
        ["www.dailymotion.com", "dailymotion.com", "touch.dailymotion.com", "geo.dailymotion.com", "dai.ly"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/player/metadata/video/{id}", (string id) => JsonAnswer.Of(Metadata(DailymotionVideo.Find(id))));
        routes.MapGet("/{**page}", () => TypedResults.Text("<!DOCTYPE html><title>Dailymotion</title>", Html));
    }

    private object Metadata(DailymotionVideo video) =>
        video.Refusal is { } refusal
            ? new
            {
                id = video.Id,
                error = new
                {
                    code = refusal.Code,
                    title = refusal.Title,
                    message = refusal.Message,
                    raw_message = refusal.Message,
                },
            }
            : new
            {
                id = video.Id,
                title = video.Title,
                duration = DailymotionVideo.Seconds,
                created_time = video.Created.ToUnixTimeSeconds(),
                @explicit = false,
                tags = new[] { "lab" },
                owner = new
                {
                    id = "x1lab",
                    screenname = DailymotionVideo.Owner,
                    username = DailymotionVideo.OwnerName,
                },
                posters = DailymotionLinks.Posters(video),
                qualities = new
                {
                    auto = new[] { new { type = "application/x-mpegURL", url = _links.Manifest(video) } },
                },
                stream_type = "recorded",
            };
}
