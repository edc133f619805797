using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.X;

/// <summary>An emulated post. Any number is one with a video; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed record XPost(string Id, Standing Standing = Standing.Open)
{
    public const string Author = "Decant Lab";
    public const string Handle = "decantlab";

    private static readonly Dictionary<string, Standing> Special = new(StringComparer.Ordinal)
    {
        ["1700000000000000001"] = Standing.Protected,
        ["1700000000000000002"] = Standing.Deleted,
        ["1700000000000000003"] = Standing.Nsfw,
        ["1700000000000000004"] = Standing.AgeRestricted,
        ["1700000000000000005"] = Standing.Withheld,
        ["1700000000000000006"] = Standing.Subscribers,
        ["1700000000000000007"] = Standing.Suspended,
        ["1700000000000000008"] = Standing.RateLimited,
        ["1700000000000000009"] = Standing.TextOnly,
        ["1700000000000000010"] = Standing.Changed,
        ["1700000000000000011"] = Standing.Throttled,
        ["1700000000000000012"] = Standing.Several,
        ["1700000000000000013"] = Standing.Quoting,
    };

    /// <summary>The video has a number of its own, that of its upload.</summary>
    public string MediaId => $"{long.Parse(Id, CultureInfo.InvariantCulture) - 4096}";

    /// <summary>A post beside it, whose video is in this one too, or in one that it quotes.</summary>
    public XPost Other => Find($"{long.Parse(Id, CultureInfo.InvariantCulture) + 100}");

    public int Seconds => Derived.Pick(Id, ClipRecipes.Ordinary);
    public string Text => $"Lab post {Id}, made by ffmpeg";
    public uint Views => Derived.Number(Id) % 3_000_000;
    public DateTimeOffset Created => Derived.Moment(Id);

    public static XPost Find(string id) => new(id, Special.GetValueOrDefault(id));

    /// <summary>The clip behind an address of the CDN, which knows the video's number alone.</summary>
    public static XPost OfMedia(long mediaId) => Find($"{mediaId + 4096}");
}
