using Decant.Lab.Media;

namespace Decant.Lab.Platforms.Instagram;

/// <summary>
/// An emulated post. Any code of eleven characters is a reel; those of <see cref="Special"/> are out of the ordinary,
/// and a code with 28 characters more is that of a private one.
/// </summary>
internal sealed record InstagramPost(string Code, Standing Standing = Standing.Open)
{
    public const string Author = "decantlab";
    public const string FullName = "Decant Lab";
    public const string AuthorId = "5500000001";

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private const int PublicLength = 11;

    private static readonly Dictionary<string, Standing> Special = new(StringComparer.Ordinal)
    {
        ["Cdeleted001"] = Standing.Deleted,
        ["Cgated00001"] = Standing.Gated,
        ["Cagelimit01"] = Standing.AgeRestricted,
        ["Cregion0001"] = Standing.RegionLocked,
        ["Cloginwall1"] = Standing.LoginWall,
        ["Cratelimit1"] = Standing.RateLimited,
        ["Cbotcheck01"] = Standing.BotCheck,
        ["Cphotoonly1"] = Standing.PhotoOnly,
        ["Ccarousel01"] = Standing.Carousel,
        ["Ccarousel0b"] = Standing.PhotoOnly,
        ["Ccarousel0d"] = Standing.Gone,
    };

    /// <summary>The number that the code stands for.</summary>
    public UInt128 Pk =>
        Code.Aggregate(
            UInt128.Zero,
            (number, letter) => (number * 64) + (UInt128)Alphabet.IndexOf(letter, StringComparison.Ordinal)
        );

    /// <summary>The media of a carousel, each with a number of its own: two videos, a photo, and a video whose files are gone.</summary>
    public static IReadOnlyList<InstagramPost> Media => [.. "abcd".Select(letter => Find($"Ccarousel0{letter}"))];

    public int Seconds => Derived.Pick(Code, ClipRecipes.Ordinary);
    public string Caption => $"Lab reel {Code} #decant\nMade by ffmpeg.";
    public uint Views => Derived.Number(Code) % 2_000_000;
    public DateTimeOffset Taken => Derived.Moment(Code);

    public static InstagramPost Find(string code) =>
        new(code, code.Length > PublicLength ? Standing.Gated : Special.GetValueOrDefault(code));

    /// <summary>The post of a number; private ones have none of their own.</summary>
    public static InstagramPost OfPk(UInt128 pk)
    {
        var code = "";
        for (; pk > 0; pk /= 64)
        {
            code = Alphabet[(int)(pk % 64)] + code;
        }

        return Find(code);
    }
}
