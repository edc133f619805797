namespace Decant.Lab.Platforms.YouTube;

/// <summary>YouTube's own words for why a video does not play. Extractors tell failures apart by them.</summary>
internal sealed record Playability(string Status, string? Reason = null, string? Subreason = null)
{
    public static Playability Of(Standing standing) =>
        standing switch
        {
            Standing.Open or Standing.Live or Standing.Drm => new("OK"),
            Standing.Private => new(
                "LOGIN_REQUIRED",
                "Private video",
                "Sign in if you've been granted access to this video"
            ),
            Standing.Deleted => new("ERROR", "Video unavailable", "This video has been removed by the uploader"),
            Standing.AgeRestricted => new(
                "LOGIN_REQUIRED",
                "Sign in to confirm your age",
                "This video may be inappropriate for some users."
            ),
            Standing.RegionLocked => new(
                "UNPLAYABLE",
                "Video unavailable",
                "The uploader has not made this video available in your country"
            ),
            Standing.MembersOnly => new(
                "UNPLAYABLE",
                "Join this channel to get access to members-only content like this video, and other exclusive perks."
            ),
            Standing.Upcoming => new("LIVE_STREAM_OFFLINE", "This live event will begin in 2 hours."),
            Standing.BotCheck => new(
                "LOGIN_REQUIRED",
                "Sign in to confirm you’re not a bot",
                "This helps protect our community. Learn more"
            ),
            Standing.RateLimited => new("UNPLAYABLE", "This content isn't available, try again later."),
            _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
        };
}
