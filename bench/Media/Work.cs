using Decant.Lab.Platforms;

namespace Decant.Bench.Media;

/// <summary>One thing people ask for.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Path">Path of what is fetched, on the lab's origin.</param>
/// <param name="Format">Format to make.</param>
/// <param name="Seconds">Length that the result must have.</param>
internal sealed record Work(string Name, string Path, string Format, double Seconds)
{
    /// <summary>As people ask for it, such as <c>128kbps</c>; null for the best.</summary>
    public string? Quality { get; init; }

    /// <summary>A platform's page in place of the origin's path: its address, another at each call.</summary>
    public Func<Uri>? Page { get; init; }

    /// <summary>So many at once, each under an address of its own.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether the encoder takes so long that the wire makes no difference: measured where nothing limits it.</summary>
    public bool IsEncodersAlone { get; init; }

    /// <summary>Arguments of a bare ffmpeg that makes the same of the fetched file.</summary>
    public string Encoder { get; init; } = "-c copy";

    public bool IsSegmented =>
        Path.EndsWith(".m3u8", StringComparison.Ordinal) || Path.EndsWith(".mpd", StringComparison.Ordinal);

    public bool IsAudio => Format is not "mp4";

    /// <param name="origin">The lab's, paced.</param>
    /// <param name="round">Name of the round, which keeps a service from answering from what it has kept.</param>
    public IReadOnlyList<Uri> Addresses(Uri origin, string round) =>
        [
            .. Enumerable
                .Range(0, Count)
                .Select(index => Page?.Invoke() ?? new Uri(origin, $"{Path}?round={round}-{index}")),
        ];

    public static Work Small { get; } = new("2.7 MB file", "media/small.mp4", "mp4", 10);

    /// <param name="film">Length of the film in seconds, as the lab has it.</param>
    public static IReadOnlyList<Work> All(int film) =>
        [
            new("best mp4", $"media/film-{film}.mp4", "mp4", film),
            new("mp3 from m4a", $"media/film-{film}.m4a", "mp3", film) { Quality = "128kbps", Encoder = Mp3 },
            new("mp3 from mp4", $"media/film-{film}.mp4", "mp3", film) { Quality = "128kbps", Encoder = Mp3 },
            new("wav from mp4", $"media/film-{film}.mp4", "wav", film) { Encoder = "-vn -c:a pcm_s16le" },
            new("m4a copied from mp4", $"media/film-{film}.mp4", "m4a", film) { Encoder = "-vn -c:a copy" },
            new("HLS 720p", $"media/film-{film}-hls/index.m3u8", "mp4", film),
            new("HLS 1080p, AES-128", $"media/film-{film}-aes/index.m3u8", "mp4", film),
            new("DASH 1080p, merged", $"media/film-{film}-dash/manifest.mpd", "mp4", film),
            new("two-hour podcast to mp3", "media/podcast.m4a", "mp3", 7200)
            {
                Quality = "128kbps",
                Encoder = Mp3,
                IsEncodersAlone = true,
            },
            new("ten small files at once", "media/small.mp4", "mp4", 10) { Count = 10 },
            Small,
            new("2.7 MB file to mp3", "media/small.mp4", "mp3", 10) { Quality = "128kbps", Encoder = Mp3 },
        ];

    /// <summary>Pages of emulated platforms that every contestant knows.</summary>
    public static IReadOnlyList<Work> Platforms { get; } =
    [
        new("YouTube 1080p, merged", "", "mp4", FreshPages.Seconds) { Page = FreshPages.YouTube },
        new("YouTube to mp3", "", "mp3", FreshPages.Seconds) { Page = FreshPages.YouTube, Quality = "128kbps" },
        new("X post, 720p", "", "mp4", FreshPages.Seconds) { Page = FreshPages.X },
        new("X post to mp3", "", "mp3", FreshPages.Seconds) { Page = FreshPages.X, Quality = "128kbps" },
        new("TikTok post", "", "mp4", FreshPages.Seconds) { Page = FreshPages.TikTok },
    ];

    private const string Mp3 = "-vn -c:a libmp3lame -b:a 128k";
}
