using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>An emulated track. <c>track-{number}</c> exists for any number; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed partial record SoundCloudTrack(long Id, TrackStanding Standing = TrackStanding.Open)
{
    public const string User = "decantlab";
    public const string UserName = "Decant Lab";
    public const long UserId = 909_000;

    /// <summary>What a link to a private track ends in.</summary>
    public const string Secret = "s-labsecret1";

    private static readonly Dictionary<long, TrackStanding> Special = new()
    {
        [1001] = TrackStanding.Gone,
        [1002] = TrackStanding.Private,
        [1003] = TrackStanding.Blocked,
        [1004] = TrackStanding.Drm,
        [1005] = TrackStanding.Preview,
        [1006] = TrackStanding.RateLimited,
        [1007] = TrackStanding.Refused,
    };

    public string Slug => string.Create(CultureInfo.InvariantCulture, $"track-{Id}");
    public string Page => $"https://soundcloud.com/{User}/{Slug}";
    public string Title => string.Create(CultureInfo.InvariantCulture, $"Lab track {Id}");
    public string Description => $"Emulated track {Slug}, a tone made by ffmpeg.";
    public int Seconds => Derived.Pick(Key, ClipRecipes.Ordinary);
    public uint Plays => Derived.Number(Key) % 800_000;
    public DateTimeOffset Created => Derived.Moment(Key);

    private string Key => $"soundcloud:{Slug}";

    public static SoundCloudTrack Find(long id) => new(id, Special.GetValueOrDefault(id));

    /// <param name="slug">The last part of a track's address.</param>
    public static SoundCloudTrack? Find(string slug) =>
        TrackSlug().Match(slug) is { Success: true } match
            ? Find(long.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Whether a visitor may know of it.</summary>
    public bool IsShown(string? secret) =>
        Standing != TrackStanding.Gone && (Standing != TrackStanding.Private || secret == Secret);

    [GeneratedRegex(@"^track-(?<id>\d{1,15})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TrackSlug();
}

/// <summary>What SoundCloud lets a visitor without an account do with a track.</summary>
internal enum TrackStanding
{
    Open,
    Gone,

    /// <summary>Shown to whoever has its secret.</summary>
    Private,

    /// <summary>Not in this country.</summary>
    Blocked,
    Drm,

    /// <summary>The whole is for subscribers.</summary>
    Preview,
    RateLimited,

    /// <summary>The bot check stands before the API.</summary>
    Refused,
}
