namespace Decant.Lab.Platforms.Instagram;

/// <summary>What Instagram lets a visitor without an account do with a post.</summary>
internal enum Standing
{
    Open,
    Deleted,

    /// <summary>The page comes without the post: private, or for people with an account only.</summary>
    Gated,
    AgeRestricted,
    RegionLocked,

    /// <summary>The page leads to the login, as it does after too many anonymous visits.</summary>
    LoginWall,
    RateLimited,
    BotCheck,
    PhotoOnly,

    /// <summary>A video of which only the picture in front of it is left.</summary>
    Gone,

    /// <summary>Several media behind one another.</summary>
    Carousel,
}
