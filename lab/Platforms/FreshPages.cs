using Decant.Lab.Platforms.TikTok;
using Decant.Lab.Platforms.X;
using Decant.Lab.Platforms.YouTube;

namespace Decant.Lab.Platforms;

/// <summary>Addresses of platforms' pages behind the lab's proxy, another at each call, so that nobody answers from what was kept.</summary>
public static class FreshPages
{
    /// <summary>Length of the medium on each of them.</summary>
    public const int Seconds = 15;

    private const string YouTubeAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A video of up to 1080p, whose sound is apart.</summary>
    public static Uri YouTube() =>
        new(
            "https://www.youtube.com/watch?v="
                + First(
                    () => new string(Random.Shared.GetItems<char>(YouTubeAlphabet, 11)),
                    id => YouTubeVideo.Find(id).Seconds
                )
        );

    /// <summary>A post with a video in whole files, the best of 720p.</summary>
    public static Uri X() =>
        new($"https://x.com/{XPost.Handle}/status/{First(() => Number(171), id => XPost.Find(id).Seconds)}");

    /// <summary>A vertical post of 720 by 1280.</summary>
    public static Uri TikTok() =>
        new(
            $"https://www.tiktok.com/@{TikTokPost.Author}/video/{First(() => Number(731), id => new TikTokPost(id).Seconds)}"
        );

    /// <summary>Nineteen digits, as both platforms number their posts.</summary>
    private static string Number(int prefix) => $"{prefix}{Random.Shared.NextInt64(10_000_000_000_000_000):d16}";

    private static string First(Func<string> next, Func<string, int> secondsOf)
    {
        while (true)
        {
            var id = next();
            if (secondsOf(id) == Seconds)
            {
                return id;
            }
        }
    }
}
