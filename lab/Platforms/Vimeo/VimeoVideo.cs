using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.Vimeo;

/// <summary>An emulated video. Any number is one; those of <see cref="Special"/> are out of the ordinary.</summary>
internal sealed record VimeoVideo(long Id, Standing Standing = Standing.Open)
{
    public const string Owner = "Decant Lab";
    public const string Handle = "decantlab";

    /// <summary>How long an upcoming event still has to wait.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(2);

    private static readonly Dictionary<long, Standing> Special = new()
    {
        [700000001] = Standing.Password,
        [700000002] = Standing.Deleted,
        [700000003] = Standing.EmbedOnly,
        [700000004] = Standing.BotCheck,
        [700000005] = Standing.Upcoming,
        [700000006] = Standing.Changed,
        [700000007] = Standing.PageBotCheck,
    };

    private string Key => Id.ToString(CultureInfo.InvariantCulture);

    public int Seconds => Derived.Pick(Key, ClipRecipes.Ordinary);
    public string Title => $"Lab film {Id}";
    public string Description => $"Emulated video {Id}, made by ffmpeg for Decant's lab.";
    public DateTimeOffset Uploaded => Derived.Moment(Key);

    public static VimeoVideo Find(long id) => new(id, Special.GetValueOrDefault(id));
}
