using Decant.Server.Tests.Platforms.Rows;

namespace Decant.Server.Tests.Platforms;

/// <summary>The lines of the table: the documents' own first, in their order.</summary>
internal static class PlatformRows
{
    public static IReadOnlyList<PlatformRow> All { get; } =
    [
        YouTube.Row,
        TikTok.Row,
        Instagram.Row,
        Vimeo.Row,
        Twitter.Row,
        Facebook.Row,
        Spotify.Row,
        SoundCloud.Row,
        TwitchVideo.Row,
        TwitchClip.Row,
        Dailymotion.Row,
    ];

    public static TheoryData<PlatformRow> Those(Func<PlatformRow, bool> wanted) => [.. All.Where(wanted)];
}
