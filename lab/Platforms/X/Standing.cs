namespace Decant.Lab.Platforms.X;

/// <summary>What X lets a visitor without an account do with a post.</summary>
internal enum Standing
{
    Open,
    Protected,
    Deleted,
    Nsfw,
    AgeRestricted,
    Withheld,
    Subscribers,
    Suspended,
    TextOnly,

    /// <summary>Too many requests, whichever way it is asked for.</summary>
    RateLimited,

    /// <summary>Too many requests for the API, while the endpoint for embedded posts still answers.</summary>
    Throttled,

    /// <summary>Two videos and a photo.</summary>
    Several,

    /// <summary>A video, and a quoted post with another.</summary>
    Quoting,

    /// <summary>The API answers in a way nobody has seen yet.</summary>
    Changed,
}
