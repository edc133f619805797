namespace Decant.Lab.Platforms.Twitch;

/// <summary>The lab's channels: one on air, one for subscribers, one that is not on air. There are no others.</summary>
internal sealed record TwitchChannel(string Name, string DisplayName)
{
    public const string Login = "decantlab";
    public const string Id = "909000001";

    private static readonly TwitchChannel[] All =
    [
        new(Login, "DecantLab"),
        new("decantlab_subs", "DecantLab_Subs"),
        new("decantlab_offline", "DecantLab_Offline"),
    ];

    public bool IsOnAir => Name != "decantlab_offline";
    public bool IsForSubscribers => Name == "decantlab_subs";

    /// <summary>As the origin's live streams know it.</summary>
    public string Stream => $"twitch/{Name}";

    public static TwitchChannel? Find(string? login) => Array.Find(All, channel => channel.Name == login);
}
