using System.Globalization;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>An emulated album or playlist. Any id is one, of five tracks; ids that begin with <c>many</c> and <c>mixed</c> are longer, and partly nowhere else to be found.</summary>
internal sealed record SpotifyCollection(string Id, bool IsAlbum)
{
    public const string Owner = "labowner";

    private static readonly string[] Mixed = ["mixed000001", "nomatch0001", "mixed000003"];

    public string Title => IsAlbum ? SpotifySong.Album : $"Lab list {Id[..5]}";
    public string Kind => IsAlbum ? "album" : "playlist";
    public string By => IsAlbum ? SpotifySong.Artist : Owner;
    public string Page => $"https://open.spotify.com/{Kind}/{Id}";
    public string Cover => SpotifySong.Picture($"list-{Id}");

    public IReadOnlyList<SpotifySong> Songs =>
        Id.StartsWith("many", StringComparison.Ordinal) ? Numbered("many", 250)
        : Id.StartsWith("mixed", StringComparison.Ordinal) ? [.. Mixed.Select(Named)]
        : Numbered("song", 5);

    private static SpotifySong[] Numbered(string prefix, int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                    Named(prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(11 - prefix.Length, '0'))
                ),
        ];

    private static SpotifySong Named(string name) => new(SpotifySong.IdOf(name));
}
