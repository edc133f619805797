namespace Decant.Engine.Extracting;

/// <summary>Where the media lives, in the words of the wire (<c>youtube</c>, <c>tiktok</c> … <c>other</c>).</summary>
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

    /// <summary>Everything else, SoundCloud included: the documents list ten names and no more.</summary>
    public static readonly Platform Other = new("other");

    private static readonly Platform[] All =
    [
        YouTube,
        TikTok,
        Instagram,
        Vimeo,
        Spotify,
        Twitter,
        Facebook,
        Twitch,
        Dailymotion,
        Other,
    ];

    private Platform(string name) => Name = name;

    public string Name { get; }

    public override string ToString() => Name;

    /// <param name="name">As the wire has it; what is not known is <see cref="Other"/>.</param>
    public static Platform Named(string? name) => Array.Find(All, platform => platform.Name == name) ?? Other;
}
