using System.Globalization;

namespace Decant.Lab.Platforms.Vimeo;

/// <summary>What Vimeo's player is configured with, in its own page and at an address of its own.</summary>
internal sealed class VimeoPlayer(SignedLinks signed, TimeProvider time)
{
    private readonly VimeoLinks _links = new(signed);

    public object Config(VimeoVideo video) =>
        new
        {
            cdn_url = "https://f.vimeocdn.com",
            // 4 is the player's view that asks for a password.
            view = video.Standing == Standing.Password ? 4 : 1,
            request = new
            {
                files = video.Standing is Standing.Upcoming or Standing.Password ? null : Files(video),
                text_tracks = Array.Empty<object>(),
            },
            video = new
            {
                id = video.Id,
                title = video.Title,
                duration = video.Seconds,
                width = 1920,
                height = 1080,
                fps = 25.0,
                owner = new
                {
                    id = 70000000,
                    name = VimeoVideo.Owner,
                    url = $"https://vimeo.com/{VimeoVideo.Handle}",
                },
                thumbs = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["640"] = Thumbnail(video, "_640"),
                    ["1280"] = Thumbnail(video, "_1280"),
                    ["base"] = Thumbnail(video, ""),
                },
                live_event = video.Standing == Standing.Upcoming
                    ? new
                    {
                        status = "pending",
                        ingest = new
                        {
                            scheduled_start_time = (time.GetUtcNow() + VimeoVideo.Wait).ToString(
                                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                                CultureInfo.InvariantCulture
                            ),
                        },
                    }
                    : null,
            },
        };

    /// <summary>The public facts of a film that other sites show beside its player.</summary>
    public static object Embed(VimeoVideo video) =>
        new
        {
            type = "video",
            provider_name = "Vimeo",
            title = video.Title,
            author_name = VimeoVideo.Owner,
            author_url = $"https://vimeo.com/{VimeoVideo.Handle}",
            duration = video.Seconds,
            description = video.Description,
            thumbnail_url = Thumbnail(video, "_1280"),
            upload_date = video.Uploaded.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            video_id = video.Id,
        };

    private static string Thumbnail(VimeoVideo video, string size) =>
        $"https://i.vimeocdn.com/video/{video.Id}-decantlab-d{size}";

    private object Files(VimeoVideo video) =>
        new
        {
            hls = new
            {
                default_cdn = "akfire_interconnect_quic",
                cdns = new { akfire_interconnect_quic = new { url = _links.To(video, "hls/master.m3u8") } },
            },
            dash = new
            {
                default_cdn = "akfire_interconnect_quic",
                cdns = new
                {
                    akfire_interconnect_quic = new { url = _links.To(video, "dash/master.json?base64_init=1") },
                },
            },
        };
}
