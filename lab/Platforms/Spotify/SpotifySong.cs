using System.Globalization;
using Decant.Lab.Platforms.YouTube;

namespace Decant.Lab.Platforms.Spotify;

/// <summary>
/// An emulated track, or an episode. Any id of 22 letters and digits is one; its first eleven are its name here, and the id of
/// its video on YouTube, where it is as long. Those of <see cref="Isrcs"/> have a code; the names in <c>SongSearch</c> are found in odd ways or not at all.
/// </summary>
internal sealed record SpotifySong(string Id, bool IsEpisode = false)
{
    public const string Artist = "The Labradors";
    public const string Guest = "Ada Pipette";
    public const string Show = "The Lab Hour";
    public const string Album = "Tones and Beeps";

    private static readonly Dictionary<string, string> Isrcs = new(StringComparer.Ordinal)
    {
        ["isrcsong001"] = "QZLAB2600001",
        ["isrconly001"] = "QZLAB2600002",
    };

    public string Name => Id[..11];
    public string Title => $"Lab {(IsEpisode ? "episode" : "song")} {Name}";
    public string Kind => IsEpisode ? "episode" : "track";
    public string Page => $"https://open.spotify.com/{Kind}/{Id}";
    public string? Isrc => Isrcs.GetValueOrDefault(Name);
    public int Seconds => YouTubeVideo.Find(Name).Seconds;

    /// <summary>To the millisecond, as the player and the API have it; the page says whole seconds.</summary>
    public int Milliseconds => (Seconds * 1000) - 133;

    public DateOnly Released => DateOnly.FromDateTime(Derived.Moment($"spotify:{Id}").UtcDateTime);
    public string ReleasedText => Released.ToString("O", CultureInfo.InvariantCulture);
    public string Cover => Picture($"cover-{Name}");

    public static string Picture(string name) => $"https://i.scdn.co/image/{name}";

    public static SpotifySong? ByIsrc(string isrc) =>
        Isrcs.Where(code => code.Value == isrc).Select(code => new SpotifySong(IdOf(code.Key))).FirstOrDefault();

    /// <summary>A whole id of a name of eleven.</summary>
    public static string IdOf(string name) => $"{name}LabLabLabLa";
}
