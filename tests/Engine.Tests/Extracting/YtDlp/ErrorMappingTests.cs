using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>The texts are those of yt-dlp 2026.10.26's extractors, and of the platforms they repeat.</summary>
public sealed class ErrorMappingTests
{
    private static readonly Uri Page = new("https://www.example.com/watch/1");
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private const string LoginHint =
        "Use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ"
        + "#how-do-i-pass-cookies-to-yt-dlp  for how to manually pass cookies";

    [Theory]
    // YouTube
    [InlineData("Private video. Sign in if you've been granted access to this video. " + LoginHint, "private_content")]
    [InlineData("Sign in to confirm you’re not a bot. " + LoginHint, "source_blocked")]
    [InlineData(
        "Sign in to confirm your age. This video may be inappropriate for some users. " + LoginHint,
        "age_restricted"
    )]
    [InlineData(
        "Join this channel to get access to members-only content like this video, and other exclusive perks.",
        "login_required"
    )]
    [InlineData(
        "This video is available to this channel's members on level: Gold (or any higher level). Join this channel to get access to members-only content and other exclusive perks.",
        "login_required"
    )]
    [InlineData("Video unavailable", "content_not_found")]
    [InlineData("Video unavailable. This video has been removed by the uploader", "content_not_found")]
    [InlineData(
        "This video is no longer available because the YouTube account associated with this video has been terminated.",
        "content_not_found"
    )]
    [InlineData(
        "Video unavailable. This video contains content from SME, who has blocked it in your country on copyright grounds",
        "geo_blocked"
    )]
    [InlineData(
        "The following content is not available on this app. Video unavailable. Watch on the latest version of YouTube",
        "content_not_found"
    )]
    [InlineData("This live event will begin in 2 days.", "not_started")]
    [InlineData("Premieres in 23 hours", "not_started")]
    [InlineData(
        "This content isn't available, try again later. The current session has been rate-limited by YouTube for up to an hour. It is recommended to use `-t sleep` to add a delay between video requests to avoid exceeding the rate limit.",
        "source_rate_limited"
    )]
    [InlineData(
        "This video is not available. YouTube is requiring a captcha challenge before playback",
        "source_blocked"
    )]
    [InlineData("All player responses are invalid. Your IP is likely being blocked by Youtube", "source_blocked")]
    [InlineData("Incomplete YouTube ID dQw4. URL https://www.youtube.com/watch?v=dQw4 looks truncated.", "invalid_url")]
    [InlineData("This video is DRM protected", "drm_protected")]
    [InlineData("This video requires payment to watch.", "login_required")]
    [InlineData("YouTube said: The playlist does not exist.", "content_not_found")]
    [InlineData("This channel does not have a streams tab", "content_not_found")]
    // TikTok
    [InlineData(
        "You do not have permission to view this post. Log into an account that has access. " + LoginHint,
        "private_content"
    )]
    [InlineData("Your IP address is blocked from accessing this post", "source_blocked")]
    [InlineData("This user's account is private. Log into an account that has access. " + LoginHint, "private_content")]
    [InlineData("This account does not have any videos posted", "content_not_found")]
    // Instagram
    [InlineData(
        "This content is only available for registered users who follow this account. " + LoginHint,
        "private_content"
    )]
    [InlineData(
        "The webpage request was redirected to the login page. You have exceeded the rate-limit for accessing posts anonymously. "
            + LoginHint,
        "source_rate_limited"
    )]
    [InlineData("There is no video in this post", "content_not_found")]
    [InlineData("You need to log in to access this content. " + LoginHint, "login_required")]
    [InlineData("Restricted Video: You must be 18 years old or over to see this video. " + LoginHint, "age_restricted")]
    [InlineData("Content unavailable: This content isn't available in your country", "geo_blocked")]
    [InlineData(
        "Instagram sent an empty media response. Check if this post is accessible in your browser without being logged-in. If it is not, then use --cookies-from-browser or --cookies for the authentication.",
        "login_required"
    )]
    // Facebook
    [InlineData(
        "No video found. Check if this post is accessible in your browser without being logged-in. If it is not, then use --cookies-from-browser or --cookies for the authentication. See  https://github.com/yt-dlp/yt-dlp/wiki/FAQ#how-do-i-pass-cookies-to-yt-dlp  for how to manually pass cookies. Otherwise, if the post is accessible in browser without being logged-in, please report this issue on  https://github.com/yt-dlp/yt-dlp/issues?q= , filling out the appropriate issue template. Confirm you are on the latest version using  yt-dlp -U",
        "login_required"
    )]
    // X
    [InlineData("NSFW tweet requires authentication. " + LoginHint, "age_restricted")]
    [InlineData("You are not authorized to view this protected tweet. " + LoginHint, "private_content")]
    [InlineData("No video could be found in this tweet", "content_not_found")]
    [InlineData("Twitter API says: This Post is from a suspended account", "content_not_found")]
    [InlineData("Requested tweet is unavailable", "content_not_found")]
    [InlineData("Broadcast no longer exists", "content_not_found")]
    [InlineData("Twitter Space not started yet", "not_started")]
    [InlineData("This live broadcast has not yet started", "not_started")]
    [InlineData("Twitter Space ended and replay is disabled", "content_not_found")]
    [InlineData(
        "Twitter API says: Age-restricted adult content. This content might not be appropriate for people under 18 years old. To view this media, you’ll need to log in to X",
        "age_restricted"
    )]
    [InlineData(
        "Twitter API says: This Post from @lab has been withheld in your country in response to a legal demand",
        "geo_blocked"
    )]
    [InlineData("Twitter API says: This Post is only available to Subscribers of @lab", "login_required")]
    // Vimeo
    [InlineData("This album is protected by a password, use the --video-password option", "private_content")]
    [InlineData(
        "Cannot download embed-only video without embedding URL. Please call yt-dlp with the URL of the page that embeds this video.",
        "private_content"
    )]
    [InlineData("The web client only works when logged-in. " + LoginHint, "login_required")]
    [InlineData("This video is protected by a password, use the --video-password option", "private_content")]
    [InlineData(
        "This request has been blocked due to its TLS fingerprint. Install a required impersonation dependency if possible, or else if you are okay with compromising your security try replacing \"https:\" with \"http:\" in the input URL.",
        "source_blocked"
    )]
    [InlineData("This live event is scheduled for 2026-12-24 18:00:00", "not_started")]
    // Twitch, Dailymotion, Facebook, SoundCloud, Reddit and others
    [InlineData("Video 123456 does not exist", "content_not_found")]
    [InlineData(
        "You must be logged into an account that has access to this subscriber-only content. " + LoginHint,
        "login_required"
    )]
    [InlineData("This clip is no longer available", "content_not_found")]
    [InlineData("dailymotion said: Content rejected.", "source_failed")]
    [InlineData("dailymotion said: Password protected video.", "private_content")]
    [InlineData(
        "The video is not available, Facebook said: \"This content isn't available at the moment\"",
        "content_not_found"
    )]
    [InlineData("This video is only available for registered users. " + LoginHint, "login_required")]
    [InlineData("Your IP address is unable to access the Reddit API", "source_blocked")]
    [InlineData("You are rate-limited. Try again later.", "source_rate_limited")]
    [InlineData("Track unavailable in your country due to licensing restrictions", "geo_blocked")]
    [InlineData("This video is only available for age verified users or after 22:00", "age_restricted")]
    [InlineData(
        "Got HTTP Error 403 caused by Cloudflare anti-bot challenge; try again with  --extractor-args \"generic:impersonate\"",
        "source_blocked"
    )]
    [InlineData("Service temporarily unavailable", "source_failed")]
    [InlineData(
        "The requested site is known to use DRM protection. It will \u001b[0;31mNOT\u001b[0m be supported.\nPlease DO NOT open an issue, unless you have evidence that the video is not DRM protected",
        "drm_protected"
    )]
    [InlineData(
        "This website is no longer supported since it has been determined to be primarily used for piracy.\nDO NOT open issues for it",
        "content_not_found"
    )]
    [InlineData("'ht!tp:/x' is not a valid URL", "invalid_url")]
    [InlineData("Something nobody has seen before", "source_failed")]
    public void A_platforms_words_have_a_code(string text, string code)
    {
        var error = Map(new WorkerFailure("extractor", text) { Expected = true });
        Assert.Equal(code, error.Error.Code);
        Assert.Contains("www.example.com", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Private video. Sign in if you've been granted access to this video. " + LoginHint)]
    [InlineData("This video is protected by a password, use the --video-password option")]
    [InlineData(
        "The requested site is known to use DRM protection. It will \u001b[0;31mNOT\u001b[0m be supported.\nPlease DO NOT open an issue"
    )]
    public void Advice_for_the_command_line_is_not_passed_on(string text)
    {
        var message = Map(new WorkerFailure("extractor", text) { Expected = true }).Message;
        Assert.DoesNotContain("--", message, StringComparison.Ordinal);
        Assert.DoesNotContain("cookies", message, StringComparison.Ordinal);
        Assert.DoesNotContain("yt-dlp", message, StringComparison.Ordinal);
        Assert.DoesNotContain("open an issue", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', message);
    }

    [Fact]
    public void What_the_extractor_did_not_foresee_is_no_word_of_the_platforms() =>
        Assert.Equal(
            "source_failed",
            Map(new WorkerFailure("extractor", "Unable to extract video id: not found")).Error.Code
        );

    [Theory]
    [InlineData("Video not available, status code 10231", "content_not_found")]
    [InlineData("Unable to extract aweme detail info", "source_failed")]
    public void Tiktoks_unforeseen_texts_have_codes_too(string text, string code) =>
        Assert.Equal(code, Map(new WorkerFailure("extractor", text)).Error.Code);

    [Theory]
    [InlineData(400, "source_failed")]
    [InlineData(401, "login_required")]
    [InlineData(402, "login_required")]
    [InlineData(403, "source_blocked")]
    [InlineData(404, "content_not_found")]
    [InlineData(410, "content_not_found")]
    [InlineData(408, "source_timeout")]
    [InlineData(429, "source_rate_limited")]
    [InlineData(451, "geo_blocked")]
    [InlineData(500, "source_failed")]
    [InlineData(503, "source_failed")]
    [InlineData(504, "source_timeout")]
    [InlineData(302, "source_failed")]
    public void An_http_status_has_a_code(int status, string code)
    {
        var text = $"Unable to download webpage: HTTP Error {status}: Not Found";
        Assert.Equal(code, Map(new WorkerFailure("http", text) { Expected = true, Status = status }).Error.Code);
    }

    [Fact]
    public void A_platforms_words_weigh_more_than_the_status_they_came_with() =>
        Assert.Equal(
            "private_content",
            Map(
                new WorkerFailure("http", "You are not authorized to view this protected tweet")
                {
                    Expected = true,
                    Status = 404,
                }
            ).Error.Code
        );

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("Sun, 01 Nov 2026 12:02:00 GMT", 120.0)]
    [InlineData("Sun, 01 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("999999999", 86400.0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void A_source_that_wants_to_be_left_alone_says_how_long(string? header, double? seconds) =>
        Assert.Equal(
            seconds,
            Map(
                new WorkerFailure("http", "HTTP Error 429: Too Many Requests") { Status = 429, RetryAfter = header }
            ).RetryAfter?.TotalSeconds
        );

    [Theory]
    [InlineData("unsupported", "unsupported_url")]
    [InlineData("unsupported_protocol", "unsupported_url")]
    [InlineData("request", "unsupported_url")]
    [InlineData("timeout", "source_timeout")]
    [InlineData("dns", "source_failed")]
    [InlineData("tls", "source_failed")]
    [InlineData("network", "source_failed")]
    [InlineData("incomplete", "source_failed")]
    [InlineData("changed", "source_failed")]
    [InlineData("memory", "source_failed")]
    [InlineData("crashed", "source_failed")]
    [InlineData("too_large", "too_large")]
    [InlineData("disk", "overloaded")]
    [InlineData("overloaded", "overloaded")]
    [InlineData("not_live", "not_started")]
    public void A_failure_of_the_machinery_has_a_code(string kind, string code) =>
        Assert.Equal(code, Map(new WorkerFailure(kind, "whatever")).Error.Code);

    [Theory]
    [InlineData("Tunnel connection failed: 504 Gateway Timeout", "source_timeout")]
    [InlineData("Tunnel connection failed: 502 Bad Gateway", "source_failed")]
    public void What_the_gate_could_not_reach_has_a_code(string text, string code) =>
        Assert.Equal(code, Map(new WorkerFailure("proxy", text)).Error.Code);

    [Fact]
    public void A_region_is_named_with_where_the_medium_is_shown()
    {
        var error = Map(
            new WorkerFailure("geo", "The uploader has not made this video available in your country")
            {
                Expected = true,
                Countries = ["DE", "AT"],
            }
        );
        Assert.Equal("geo_blocked", error.Error.Code);
        Assert.Equal(["DE", "AT"], Assert.IsAssignableFrom<IReadOnlyList<string>>(error.Figures["countries"]));
        Assert.Contains("DE, AT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_to_come_says_when()
    {
        var error = Map(new WorkerFailure("not_started", "Premieres soon") { StartsAt = 1_800_000_000 });
        Assert.Equal("not_started", error.Error.Code);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), error.Figures["starts_at"]);
        Assert.Contains("2027-01-15 08:00 UTC", error.Message, StringComparison.Ordinal);
    }

    private static Decant.Engine.Errors.MediaException Map(WorkerFailure failure) =>
        ErrorMapping.Map(failure, Page, Now);
}
