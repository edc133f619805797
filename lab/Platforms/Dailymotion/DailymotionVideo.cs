namespace Decant.Lab.Platforms.Dailymotion;

/// <summary>An emulated video of twelve seconds. Any id of <c>x</c>, letters and digits exists; those of <see cref="Special"/> are out of the ordinary.</summary>
/// <param name="Refusal">Refusal that the player is told in place of where the bytes are.</param>
internal sealed record DailymotionVideo(string Id, DailymotionRefusal? Refusal = null)
{
    public const int Seconds = 12;
    public const string Owner = "Decant Lab";
    public const string OwnerName = "decantlab";

    /// <summary>Codes and words in which the player explains itself.</summary>
    private static readonly Dictionary<string, DailymotionRefusal> Special = new(StringComparer.Ordinal)
    {
        ["xgone001"] = new("DM002", "Content deleted", "This content has been deleted."),
        ["xpriv001"] = new("DM010", "Private content", "This content is set as private."),
        ["xgeo0001"] = new("DM007", "Geo-restricted content", "This content is not available in your country."),
        ["xpass001"] = new("DM019", "Password protected content", "This content is password protected."),
        ["xadult01"] = new("DM008", "Explicit content", "This content may be inappropriate for some users."),
        ["xcopy001"] = new("DM004", "Copyright violation", "This content was taken down upon a copyright claim."),
        ["xsoon001"] = new("DM006", "Content being published", "This content is processing, try again later."),
        ["xpaid001"] = new("DM020", "Subscription required", "This content is for subscribers."),
    };

    /// <summary>The ids that GraphQL has never heard of.</summary>
    public bool IsUnknown => Id.StartsWith("xnone", StringComparison.Ordinal);

    /// <summary>The manifest is behind a bot check that wants a browser's handshake.</summary>
    public bool IsGuarded => Id == "xbots001";

    /// <summary>The API has had enough.</summary>
    public bool IsRateLimited => Id == "xrate001";

    public string Title => $"Lab video {Id}";
    public string Description => $"Emulated video {Id}.";
    public uint Views => Derived.Number($"dailymotion:{Id}") % 600_000;
    public uint Likes => Views / 40;
    public DateTimeOffset Created => Derived.Moment($"dailymotion:{Id}");

    public static DailymotionVideo Find(string id) => new(id, Special.GetValueOrDefault(id));
}

/// <summary>Why a video does not play.</summary>
internal sealed record DailymotionRefusal(string Code, string Title, string Message);
