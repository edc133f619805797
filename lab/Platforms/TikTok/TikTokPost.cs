using System.Globalization;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms.TikTok;

/// <summary>An emulated post. Any number is one; those of <see cref="Refused"/> answer with TikTok's status for what is wrong.</summary>
internal sealed record TikTokPost(string Id)
{
    public const string Author = "decantlab";
    public const string Nickname = "Decant Lab";

    /// <summary>Status codes as the page carries them, by id.</summary>
    private static readonly Dictionary<string, int> Refused = new(StringComparer.Ordinal)
    {
        ["7000000000000000001"] = 10216, // private post
        ["7000000000000000002"] = 10222, // private account
        ["7000000000000000003"] = 10217, // removed
        ["7000000000000000004"] = 10204, // this address is blocked
    };

    /// <summary>A post that wants a login: the site redirects to its login page.</summary>
    public bool WantsLogin => Id == "7000000000000000005";

    public int Status => Refused.GetValueOrDefault(Id);
    public int Seconds => IsLie ? ClipRecipes.Ordinary[0] : Derived.Pick(Id, ClipRecipes.Ordinary);

    /// <summary>Length that its page says: posts whose number begins with 7299 say so many tenths of a second as the next six digits.</summary>
    public double Said => IsLie ? int.Parse(Id.AsSpan(4, 6), CultureInfo.InvariantCulture) / 10.0 : Seconds;

    private bool IsLie => Id.Length == 19 && Id.StartsWith("7299", StringComparison.Ordinal);

    public string Text => $"Lab post {Id} #decant #lab";
    public uint Plays => Derived.Number(Id) % 9_000_000;
    public long Created => Derived.Moment(Id).ToUnixTimeSeconds();
}
