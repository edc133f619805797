using System.Globalization;
using Decant.Lab.Media;
using Decant.Lab.Serving;

namespace Decant.Lab.Origin;

/// <summary>
/// <c>/live-dash/{name}/manifest.mpd</c>, a live stream in DASH alone, whose segments are numbered by the clock, or with <c>?timeline=1</c>
/// listed by their times. <c>?for=</c> and <c>?dvr=1</c> as for <c>/live</c>.
/// </summary>
internal sealed class LiveDash(LiveStreams streams, MediaCatalogue catalogue, TimeProvider time) : ISite
{
    private const int Window = 5;
    private readonly LiveFragments _fragments = new(catalogue);

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/live-dash/{name}/manifest.mpd",
            (string name, int? dvr, int? timeline, HttpContext context) =>
            {
                var seconds = double.TryParse(context.Request.Query["for"], out var value) ? value : (double?)null;
                var stream = streams.Open($"dash/{name}", seconds is null ? null : TimeSpan.FromSeconds(seconds.Value));
                context.Response.Headers.CacheControl = "no-store";
                return TypedResults.Text(Manifest(stream, dvr == 1, timeline == 1), "application/dash+xml");
            }
        );
        routes.MapGet(
            "/live-dash/{name}/{stream:int}/init.m4s",
            (int stream, CancellationToken stop) => _fragments.HeadAsync(stream, stop)
        );
        routes.MapGet(
            "/live-dash/{name}/{stream:int}/{number:int}.m4s",
            async (string name, int stream, int number, CancellationToken stop) =>
                number < streams.Open($"dash/{name}", null).Segments
                    ? await _fragments.SegmentAsync(stream, number, stop)
                    : TypedResults.NotFound()
        );
    }

    private string Manifest(LiveStream stream, bool fromStart, bool hasTimeline)
    {
        var onAir = stream.OnAir;
        var kind = stream.HasEnded
            ? Text($"""type="static" mediaPresentationDuration="PT{stream.Segments}S" """)
            : Text(
                $"""type="dynamic" availabilityStartTime="{time.GetUtcNow() - onAir:yyyy-MM-ddTHH:mm:ss.fffZ}" minimumUpdatePeriod="PT1S" """
            ) + (fromStart ? "" : Text($"""timeShiftBufferDepth="PT{Window}S" """));
        var first = fromStart ? 0 : stream.Segments - Window;
        var template = hasTimeline
            ? Text(
                $"""
                <SegmentTemplate timescale="1" startNumber="{first}" initialization="$RepresentationID$/init.m4s" media="$RepresentationID$/$Time$.m4s">
                  <SegmentTimeline><S t="{first}" d="1" r="{stream.Segments
                    - first
                    - 1}"/></SegmentTimeline></SegmentTemplate>
                """
            )
            : """<SegmentTemplate timescale="10" duration="10" startNumber="0" initialization="$RepresentationID$/init.m4s" media="$RepresentationID$/$Number$.m4s"/>""";
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" {kind}minBufferTime="PT1S">
              <Period id="0" start="PT0S">
                <AdaptationSet contentType="video" mimeType="video/mp4">{template}
                  <Representation id="0" codecs="avc1.42c015" bandwidth="250000" width="426" height="240"/></AdaptationSet>
                <AdaptationSet contentType="audio" mimeType="audio/mp4">{template}
                  <Representation id="1" codecs="mp4a.40.2" bandwidth="128000" audioSamplingRate="48000"/></AdaptationSet>
              </Period>
            </MPD>

            """;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
