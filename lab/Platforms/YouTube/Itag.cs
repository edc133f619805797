using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>A source format by the number YouTube gives it.</summary>
/// <param name="Rendition">Clip of the catalogue.</param>
/// <param name="Quality">YouTube's word for the height, or for the audio's worth.</param>
internal sealed record Itag(int Number, string Rendition, string MimeType, string Quality, string? Label)
{
    public static readonly Itag Progressive = new(
        18,
        "progressive.mp4",
        "video/mp4; codecs=\"avc1.42c01e, mp4a.40.2\"",
        "medium",
        "360p"
    );

    private static readonly Itag[] Adaptive =
    [
        new(137, "1080p.mp4", "video/mp4; codecs=\"avc1.42c028\"", "hd1080", "1080p"),
        new(248, "1080p.webm", "video/webm; codecs=\"vp9\"", "hd1080", "1080p"),
        new(136, "720p.mp4", "video/mp4; codecs=\"avc1.42c01f\"", "hd720", "720p"),
        new(247, "720p.webm", "video/webm; codecs=\"vp9\"", "hd720", "720p"),
        new(135, "480p.mp4", "video/mp4; codecs=\"avc1.42c01e\"", "large", "480p"),
        new(134, "360p.mp4", "video/mp4; codecs=\"avc1.42c01e\"", "medium", "360p"),
        new(243, "360p.webm", "video/webm; codecs=\"vp9\"", "medium", "360p"),
        new(133, "240p.mp4", "video/mp4; codecs=\"avc1.42c015\"", "small", "240p"),
        new(160, "144p.mp4", "video/mp4; codecs=\"avc1.42c00c\"", "tiny", "144p"),
        new(140, "audio.m4a", "audio/mp4; codecs=\"mp4a.40.2\"", "AUDIO_QUALITY_MEDIUM", null),
        new(251, "audio.webm", "audio/webm; codecs=\"opus\"", "AUDIO_QUALITY_MEDIUM", null),
    ];

    /// <summary>What a live stream has.</summary>
    public static IEnumerable<Itag> OnAir => Adaptive.Where(itag => itag.Number is 133 or 140);

    public bool IsAudio => Label is null;

    // The long video is there for limits on length; its tall renditions would only cost disk.
    public static IEnumerable<Itag> AdaptiveOf(YouTubeVideo video) =>
        video.Seconds < ClipRecipes.Long ? Adaptive : Adaptive.Where(itag => itag.Number is 160 or 140 or 251);

    public static Itag? Find(string? number) =>
        Adaptive.Append(Progressive).FirstOrDefault(itag => itag.Number.ToString() == number);

    /// <summary>The files behind a video's page.</summary>
    public static IEnumerable<string> ClipsOf(string id)
    {
        var video = YouTubeVideo.Find(id);
        return AdaptiveOf(video).Append(Progressive).Select(itag => itag.ClipOf(video));
    }

    public string ClipOf(YouTubeVideo video) => ClipRecipes.Name(video.Seconds, Rendition);
}
