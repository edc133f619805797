using Decant.Lab.Media;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>An emulated video. Any id of eleven characters exists; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed record YouTubeVideo(string Id, int Seconds, Standing Standing = Standing.Open)
{
    public const string Channel = "Decant Lab";
    public const string Handle = "@decantlab";
    public const string ChannelId = "UCdecantlab0000000000000";

    /// <summary>How long an upcoming stream still has to wait.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromHours(2);

    private static readonly Dictionary<string, YouTubeVideo> Special = new[]
    {
        new YouTubeVideo("minute00061", ClipRecipes.Minute),
        new YouTubeVideo("eleven00660", ClipRecipes.Long),
        new YouTubeVideo("shortlink01", 12) { LinkLife = TimeSpan.FromSeconds(5) },
        new YouTubeVideo("ciphered001", 12) { WantsScript = true },
        new YouTubeVideo("autosubs001", 12) { CaptionLanguages = [] },
        new YouTubeVideo("nosubs00001", 12) { CaptionLanguages = [], HasAutomaticCaptions = false },
        new YouTubeVideo("chapters001", 12) { Chapters = "\n0:00 Beginning\n0:04 Middle\n0:08 End" },
        new YouTubeVideo("private0001", 12, Standing.Private),
        new YouTubeVideo("deleted0001", 12, Standing.Deleted),
        new YouTubeVideo("agelimit001", 12, Standing.AgeRestricted),
        new YouTubeVideo("regionlock1", 12, Standing.RegionLocked),
        new YouTubeVideo("members0001", 12, Standing.MembersOnly),
        new YouTubeVideo("upcoming001", 12, Standing.Upcoming),
        new YouTubeVideo("duesoon0001", 0, Standing.Upcoming) { Wait = TimeSpan.FromSeconds(1) },
        new YouTubeVideo("duesoon0002", 0, Standing.Upcoming) { Wait = TimeSpan.FromSeconds(1) },
        new YouTubeVideo("duesoon0003", 0, Standing.Upcoming) { Wait = TimeSpan.FromSeconds(1) },
        new YouTubeVideo("livenow0001", 0, Standing.Live),
        new YouTubeVideo("livepast001", 0, Standing.Live),
        new YouTubeVideo("livepast002", 0, Standing.Live),
        new YouTubeVideo("livepast003", 0, Standing.Live),
        new YouTubeVideo("botcheck001", 12, Standing.BotCheck),
        new YouTubeVideo("ratelimit01", 12, Standing.RateLimited),
        new YouTubeVideo("drmlocked01", 12, Standing.Drm),
    }.ToDictionary(video => video.Id, StringComparer.Ordinal);

    /// <summary>How long the CDN honours its links.</summary>
    public TimeSpan LinkLife { get; init; } = SignedLinks.Life;

    /// <summary>Whoever does not run the player's script gets its one small format with picture and sound together.</summary>
    public bool WantsScript { get; init; }

    /// <summary>Captions that people wrote.</summary>
    public IReadOnlyList<string> CaptionLanguages { get; init; } = Standing == Standing.Open ? ["en", "de"] : [];

    /// <summary>Captions that the site heard, in English, and translates into what it knows.</summary>
    public bool HasAutomaticCaptions { get; init; } = Standing == Standing.Open;

    /// <summary>Lines of the description that the site makes chapters of.</summary>
    public string Chapters { get; init; } = "";

    public string Title => $"Lab film {Id}";
    public string Description =>
        $"Emulated video {Id}, made by ffmpeg for Decant's lab.\nNothing in it was recorded.{Chapters}";
    public uint Views => Derived.Number(Id) % 5_000_000;
    public uint Likes => Views / 25;
    public uint Comments => Views / 400;
    public DateTimeOffset Published => Derived.Moment(Id);
    public bool IsLive => Standing is Standing.Live or Standing.Upcoming;

    /// <summary>What a visitor may not even know about.</summary>
    public bool IsHidden => Standing is Standing.Private or Standing.Deleted;

    public static YouTubeVideo Find(string id) =>
        Special.GetValueOrDefault(id) ?? new YouTubeVideo(id, Derived.Pick(id, ClipRecipes.Ordinary));
}
