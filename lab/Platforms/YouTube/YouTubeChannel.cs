using System.Globalization;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>An emulated channel with its tabs, under the names it goes by: <c>/@handle</c>, <c>/channel/ID</c>, <c>/c/name</c>, <c>/user/name</c>.</summary>
/// <param name="Id">Id as <c>/channel/…</c> has it.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="Tabs">Tabs in the order in which the page shows them.</param>
internal sealed record YouTubeChannel(string Id, string Name, IReadOnlyList<YouTubeTab> Tabs)
{
    public const int PageSize = 30;

    private static readonly YouTubeChannel Lab = new(
        YouTubeVideo.ChannelId,
        YouTubeVideo.Channel,
        [
            new YouTubeTab("Videos", "videos", Ids("film", 40)),
            new YouTubeTab("Shorts", "shorts", Ids("short", 3)),
            new YouTubeTab("Live", "streams", Ids("aired", 2)),
        ]
    );

    private static readonly YouTubeChannel VideosOnly = new(
        "UCdecantfilms00000000000",
        "Decant Films",
        [new YouTubeTab("Videos", "videos", Ids("reels", 4))]
    );

    private static readonly Dictionary<string, YouTubeChannel> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        [YouTubeVideo.Handle] = Lab,
        ["DecantLab"] = Lab,
        [Lab.Id] = Lab,
        ["@decantfilms"] = VideosOnly,
        [VideosOnly.Id] = VideosOnly,
    };

    public static YouTubeChannel? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);

    private static string[] Ids(string prefix, int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                    prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(11 - prefix.Length, '0')
                ),
        ];
}

/// <param name="Title">Title that a visitor reads.</param>
/// <param name="Path">Path under the channel's.</param>
/// <param name="VideoIds">Ids of the videos in it, newest first.</param>
internal sealed record YouTubeTab(string Title, string Path, IReadOnlyList<string> VideoIds);
