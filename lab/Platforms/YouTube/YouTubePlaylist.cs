using System.Globalization;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>An emulated playlist: <c>PLdecant-lab-…</c> with the number of its entries at the end.</summary>
internal sealed record YouTubePlaylist(string Id, string Title, IReadOnlyList<string> VideoIds)
{
    public const int PageSize = 100;

    private static readonly Dictionary<string, YouTubePlaylist> Known = new[]
    {
        new YouTubePlaylist("PLdecant-lab-few-5", "Five lab films", Ids("few", 5)),
        new YouTubePlaylist("PLdecant-lab-many-500", "Five hundred lab films", Ids("many", 500)),
        new YouTubePlaylist("PLdecant-lab-many-5000", "Five thousand lab films", Ids("many", 5_000)),
        new YouTubePlaylist(
            "PLdecant-lab-mixed-3",
            "Two lab films and one that is gone",
            ["mixed000001", "deleted0001", "mixed000003"]
        ),
    }.ToDictionary(playlist => playlist.Id, StringComparer.Ordinal);

    public static YouTubePlaylist? Find(string? id) => id is null ? null : Known.GetValueOrDefault(id);

    // Padded to the eleven characters of a video id.
    private static string[] Ids(string prefix, int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                    prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(11 - prefix.Length, '0')
                ),
        ];
}
