using Decant.Lab.Media;

namespace Decant.Lab.Platforms.TikTok;

/// <summary>A rendition of a post.</summary>
/// <param name="Name">Part of its address on the CDN.</param>
internal sealed record TikTokFormat(string Name, string Rendition, string Mime)
{
    public static TikTokFormat Tall { get; } = new("720p", "vertical-720p.mp4", "video_mp4");
    public static TikTokFormat Low { get; } = new("540p", "vertical-540p.mp4", "video_mp4");
    public static TikTokFormat Music { get; } = new("music", "music.mp3", "audio_mpeg");

    public static TikTokFormat? Find(string name) =>
        new[] { Tall, Low, Music }.FirstOrDefault(format => format.Name == name);

    public string ClipOf(TikTokPost post) => ClipRecipes.Name(post.Seconds, Rendition);
}
