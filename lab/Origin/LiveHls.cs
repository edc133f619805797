using Decant.Lab.Media;
using Decant.Lab.Serving;

namespace Decant.Lab.Origin;

/// <summary>
/// <c>/live/{name}/index.m3u8</c>, a live stream that begins when first asked for. <c>?for=10</c> ends it after ten seconds,
/// <c>?dvr=1</c> keeps everything since the start, <c>?at=58</c> begins just before the recording starts over, <c>POST /live/{name}/end</c> ends it now,
/// <c>?says=0.1</c> has it lie about the length of its segments.
/// </summary>
internal sealed class LiveHls(LiveStreams streams, MediaCatalogue catalogue) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/live/{name}/index.m3u8",
            (string name, int? dvr, int? at, double? says, HttpContext context) =>
            {
                var seconds = double.TryParse(context.Request.Query["for"], out var value) ? value : (double?)null;
                var stream = streams.Open(name, seconds is null ? null : TimeSpan.FromSeconds(seconds.Value), at ?? 0);
                context.Response.Headers.CacheControl = "no-store";
                return TypedResults.Text(stream.Playlist(dvr == 1, says ?? 1), "application/vnd.apple.mpegurl");
            }
        );
        routes.MapGet("/live/{name}/{segment:int}.ts", SegmentAsync);
        routes.MapPost("/live/{name}/end", (string name) => streams.End(name));
    }

    private async Task<IResult> SegmentAsync(string name, int segment, CancellationToken cancellationToken)
    {
        if (segment >= streams.Open(name, null).Segments)
        {
            return TypedResults.NotFound();
        }

        var path = await catalogue.FindFileAsync("live-segments", LiveStream.FileOf(segment), cancellationToken);
        return StoredFile.Serve(path!);
    }
}
