namespace Decant.Lab.Platforms.Facebook;

/// <summary>What Facebook lets a visitor without an account do with a video.</summary>
internal enum Standing
{
    Open,

    /// <summary>Deleted, or shared with few: Facebook does not say which.</summary>
    Unavailable,
    LoginWall,
    AgeRestricted,
    RegionLocked,
    MembersOnly,
    RateLimited,
    BotCheck,

    /// <summary>The page is built in a way nobody has seen yet.</summary>
    Changed,
}
