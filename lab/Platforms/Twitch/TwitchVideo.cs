namespace Decant.Lab.Platforms.Twitch;

/// <summary>An emulated past broadcast of twelve seconds. Any number is one; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed record TwitchVideo(string Id, TwitchStanding Standing = TwitchStanding.Open)
{
    public const int Seconds = 12;

    private static readonly Dictionary<string, TwitchStanding> Special = new(StringComparer.Ordinal)
    {
        ["2000000001"] = TwitchStanding.Gone,
        ["2000000002"] = TwitchStanding.SubscribersOnly,
        ["2000000003"] = TwitchStanding.Blocked,
        ["2000000004"] = TwitchStanding.RateLimited,
    };

    public string Title => $"Lab broadcast {Id}";
    public string Description => $"Emulated broadcast {Id}.";
    public uint Views => Derived.Number($"twitch:{Id}") % 90_000;
    public DateTimeOffset Published => Derived.Moment($"twitch:{Id}");
    public string Thumbnail =>
        $"https://static-cdn.jtvnw.net/cf_vods/decantlab/{Id}_{TwitchChannel.Login}/thumb/thumb0-320x180.jpg";

    public static TwitchVideo Find(string id) => new(id, Special.GetValueOrDefault(id));
}

/// <summary>What Twitch lets a visitor without an account do.</summary>
internal enum TwitchStanding
{
    Open,
    Gone,
    SubscribersOnly,

    /// <summary>Not in this country.</summary>
    Blocked,
    RateLimited,
}
