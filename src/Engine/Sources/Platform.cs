namespace Decant.Engine.Sources;

/// <summary>Platform that a medium is on, in the words of the wire (<c>youtube</c>, <c>tiktok</c> … <c>other</c>).</summary>
public sealed record Platform
{
    public static readonly Platform YouTube = new("youtube");
    public static readonly Platform TikTok = new("tiktok");
    public static readonly Platform Instagram = new("instagram");
    public static readonly Platform Vimeo = new("vimeo");
    public static readonly Platform Spotify = new("spotify");
    public static readonly Platform Twitter = new("twitter");
    public static readonly Platform Facebook = new("facebook");
    public static readonly Platform Twitch = new("twitch");
    public static readonly Platform Dailymotion = new("dailymotion");
    public static readonly Platform SoundCloud = new("soundcloud");

    /// <summary>The platform of any site without a name of its own here.</summary>
    public static readonly Platform Other = new("other");

    public static IReadOnlyList<Platform> All { get; } =
    [YouTube, TikTok, Instagram, Vimeo, Spotify, Twitter, Facebook, Twitch, Dailymotion, SoundCloud, Other];

    private Platform(string name) => Name = name;

    public string Name { get; }

    /// <summary>The names below which the platform's pages and cookies live; none of <see cref="Other"/>.</summary>
    public IReadOnlyList<string> Domains => Platforms.DomainsOf(this);

    public override string ToString() => Name;

    /// <summary>The platform that an address belongs to.</summary>
    public static Platform Of(Uri url) => Platforms.OfHost(url.IdnHost);

    /// <param name="name">Name in the API; one that is not known is <see cref="Other"/>.</param>
    public static Platform Named(string? name) => All.FirstOrDefault(platform => platform.Name == name) ?? Other;
}
