namespace Decant.Engine.Errors;

/// <summary>A stable name for a way in which getting media can fail. The names are part of the wire contract.</summary>
/// <param name="Code">The code clients test for, such as <c>private_content</c>.</param>
/// <param name="Retryable">The same request may succeed later without anything being changed.</param>
public sealed record MediaError(string Code, bool Retryable)
{
    public static readonly MediaError InvalidRequest = new("invalid_request", false);
    public static readonly MediaError InvalidUrl = new("invalid_url", false);
    public static readonly MediaError UnsupportedUrl = new("unsupported_url", false);
    public static readonly MediaError UnknownFormat = new("unknown_format", false);
    public static readonly MediaError PrivateContent = new("private_content", false);
    public static readonly MediaError LoginRequired = new("login_required", false);
    public static readonly MediaError AgeRestricted = new("age_restricted", false);
    public static readonly MediaError GeoBlocked = new("geo_blocked", false);
    public static readonly MediaError DrmProtected = new("drm_protected", false);

    /// <summary>The platform refuses this server: a bot check, a blocked address range.</summary>
    public static readonly MediaError SourceBlocked = new("source_blocked", false);

    /// <summary>The egress gate refuses the address.</summary>
    public static readonly MediaError BlockedAddress = new("blocked_address", false);
    public static readonly MediaError ContentNotFound = new("content_not_found", false);

    /// <summary>A live stream that has yet to begin.</summary>
    public static readonly MediaError NotStarted = new("not_started", true);
    public static readonly MediaError TooLong = new("too_long", false);
    public static readonly MediaError TooLarge = new("too_large", false);

    /// <summary>The source answered wrongly: an error of its own, a body cut short, a changed page, a broken file.</summary>
    public static readonly MediaError SourceFailed = new("source_failed", true);
    public static readonly MediaError SourceRateLimited = new("source_rate_limited", true);
    public static readonly MediaError SourceTimeout = new("source_timeout", true);

    /// <summary>A failure of this server's own (disk full, a child process lost); nothing was wrong with the request.</summary>
    public static readonly MediaError Overloaded = new("overloaded", true);
}
