namespace Decant.Lab.Platforms.YouTube;

/// <summary>What YouTube lets a visitor without an account do with a video.</summary>
internal enum Standing
{
    Open,
    Private,
    Deleted,
    AgeRestricted,
    RegionLocked,
    MembersOnly,
    Upcoming,
    Live,
    BotCheck,
    RateLimited,
    Drm,
}
