using Decant.Lab.Media;

namespace Decant.Lab.Platforms.Facebook;

/// <summary>An emulated video. Any number is one; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed record FacebookVideo(string Id, Standing Standing = Standing.Open)
{
    public const string Author = "Decant Lab";
    public const string Handle = "decantlab";
    public const string AuthorId = "100044000000001";

    private static readonly Dictionary<string, Standing> Special = new(StringComparer.Ordinal)
    {
        ["700000000000001"] = Standing.Unavailable,
        ["700000000000002"] = Standing.LoginWall,
        ["700000000000003"] = Standing.AgeRestricted,
        ["700000000000004"] = Standing.RegionLocked,
        ["700000000000005"] = Standing.MembersOnly,
        ["700000000000006"] = Standing.RateLimited,
        ["700000000000007"] = Standing.BotCheck,
        ["700000000000008"] = Standing.Changed,
    };

    public int Seconds => Derived.Pick(Id, ClipRecipes.Ordinary);
    public string Title => $"Lab video {Id}";
    public string Message => $"Emulated video {Id}, made by ffmpeg for Decant's lab.";
    public uint Views => Derived.Number(Id) % 4_000_000;
    public DateTimeOffset Published => Derived.Moment(Id);

    /// <summary>What the page says in the video's place; null where it shows it.</summary>
    public string? Notice =>
        Standing switch
        {
            Standing.Unavailable => "This content isn't available at the moment",
            Standing.AgeRestricted => "This video is age-restricted: log in to confirm your age",
            Standing.RegionLocked => "This video isn't available in your country",
            Standing.MembersOnly => "This video is for members of a group that you have not joined",
            _ => null,
        };

    public static FacebookVideo Find(string id) => new(id, Special.GetValueOrDefault(id));
}
