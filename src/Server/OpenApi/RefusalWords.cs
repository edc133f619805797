using System.Text.Json.Nodes;

namespace Decant.Server.OpenApi;

/// <summary>Words of a refusal at some of the operations, as the server says them.</summary>
/// <param name="Code">The refusal's code.</param>
/// <param name="Place">Part of an operation's method, path and query parameters, such as <c>PUT /api/v1/presets/{name}?</c>; empty for all.</param>
/// <param name="Name">Name that tells it from others of its code.</param>
/// <param name="Detail">Sentence for people.</param>
/// <param name="Figures">Members beside the named ones, as JSON.</param>
/// <param name="IsFurther">True where it stands beside the first of its code that fits, and does not take its place.</param>
internal sealed record RefusalWords(
    string Code,
    string Place,
    string Name,
    string Detail,
    string Figures = "{}",
    bool IsFurther = false
)
{
    private const string MissingUrl = "The field url is missing: give the address of a page or file with media.";

    private const string UnknownQuality =
        "The quality \"loud\" is not known. Known are best, worst, 144p, 240p, 360p, 480p, 720p, 1080p, 1440p, 2160p and 4K for video, 64kbps, 128kbps, 192kbps, 256kbps, 320kbps for audio.";
    private const string Id = "01997c3e-5a3b-7d5e-9d0a-3f1c2b4a5d6e";

    /// <summary>All wordings: of those of a code, the first whose place fits holds; what a scope or a title decides is not here.</summary>
    public static IReadOnlyList<RefusalWords> All { get; } =
    [
        Invalid("/auth/token", "form", "username", "Send the field username once, with a value."),
        Invalid(
            "/auth/refresh",
            "refresh_token",
            "refresh_token",
            "Send the refresh_token that the last answer of /auth/token or /auth/refresh had."
        ),
        Invalid("/bulk-download", "in_bulk", "downloads[0].quality", UnknownQuality),
        Invalid("/download?", "quality", "quality", UnknownQuality),
        Invalid("PUT /api/v1/presets", "quality", "quality", UnknownQuality),
        Invalid("/info?", "url", "url", MissingUrl),
        Invalid("/thumbnail?", "url", "url", MissingUrl),
        Invalid("url&", "url", "url", MissingUrl),
        Invalid("limit&", "limit", "limit", "The limit '0' is not a number from 1 to 200."),
        Invalid("wait&", "wait", "wait", "The wait '61' is not a number from 0 to 60."),
        Invalid("by&", "by", "by", "The by 'week' is not known. Known are day, month."),
        Invalid("/retry?", "key", "Idempotency-Key", "The Idempotency-Key has 260 characters; 255 are allowed."),
        Invalid(
            "/events?",
            "last_event",
            "Last-Event-ID",
            "The Last-Event-ID '-1' is not a number from 0 to 253402300799999."
        ),
        Invalid(
            "DELETE /api/v1/video/cookies",
            "platform",
            "platform",
            "The platform 'myspace' is none that takes cookies; these do: youtube, tiktok, instagram, vimeo, twitter, facebook, twitch, dailymotion, soundcloud."
        ),
        Invalid(
            "/presets/{name}?",
            "preset",
            "name",
            "A preset's name has 1 to 60 characters, without a slash or a percent sign."
        ),
        Invalid("", "body", "body", "The body is not JSON: it breaks off or goes wrong at line 1, byte 1."),
        new("unauthenticated", "/auth/token", "password", "The e-mail address or the password is wrong."),
        new("unauthenticated", "/auth/session?", "password", "The e-mail address or the password is wrong."),
        new(
            "unauthenticated",
            "/auth/refresh",
            "refresh_token",
            "The refresh token is unknown, used, expired or signed out. Sign in again."
        ),
        new(
            "unauthenticated",
            "/auth/logout",
            "sign_out",
            "Send the access token of the session as Authorization: Bearer, or its refresh_token in the body."
        ),
        new(
            "forbidden",
            "/auth/register",
            "closed",
            "Sign-up is closed on this server. Ask its operator for an account."
        ),
        new(
            "bad_signature",
            "/auth/confirm",
            "confirmation",
            "The link is used, expired or changed: it works once, for 24 hours. Sign in, or ask for another."
        ),
        new(
            "bad_signature",
            "/batch_",
            "archive",
            "The link is changed or expired. Ask for the batch again: it has a fresh one while its files are kept."
        ),
        Missing("/auth/oidc", "provider", "Nobody signs in here through a provider: Oidc__Authority is not set."),
        Missing("/auth/sessions", "session", $"There is no session {Id} of yours."),
        Missing("/auth/api-keys", "api_key", "There is no API key 42 of yours."),
        Missing("/admin/users", "account", "There is no account 42."),
        Missing("/presets", "preset", "There is no preset 'podcast' of yours."),
        Missing("/webhooks/deliveries", "delivery", "There is no delivery 42 of yours."),
        Missing("/webhooks", "endpoint", "There is no webhook endpoint 42 of yours."),
        Missing("/batches", "batch", $"There is no batch {Id} of yours."),
        Missing("/batch_", "archive", $"No file of batch {Id} is kept (any more)."),
        Missing(" /download/", "file", "The file video_42.mp4 is not kept any more."),
        Missing("/cookies", "cookies", "There are no cookies of yours for youtube."),
        Missing("", "job", "There is no job 42 of yours."),
        new(
            "content_not_found",
            "/download?",
            "match",
            "No recording of \"A song\" by Ada Pipette was found on YouTube Music or YouTube that is surely the same. The likest is \"A song (Live)\" by Ada Pipette at https://music.youtube.com/watch?v=livetch0001: it scores 42.9 of 100, and 70 are wanted. If it is what you mean, ask for that address.",
            """{"best_url": "https://music.youtube.com/watch?v=livetch0001", "best_score": 42.9, "required_score": 70}""",
            IsFurther: true
        ),
        new("wrong_state", "/retry", "retry", "Job 42 is COMPLETED; only a job in FAILED can be run again."),
        new("wrong_state", "/redeliver", "delivery", "Delivery 42 is being sent right now; wait for its outcome."),
        new(
            "wrong_state",
            "/webhooks/endpoints",
            "endpoints",
            "There are 20 webhook endpoints, and no more are allowed. Delete or change one.",
            """{"max_endpoints": 20}"""
        ),
        new(
            "wrong_state",
            "/batch",
            "archive",
            $"No file of batch {Id} is finished yet. Ask again when its counts.completed is above 0."
        ),
        new(
            "too_long",
            "/public/",
            "public",
            "The medium is 0:11:00 long; without a key 0:10:00 is the limit. Take a shorter one, or use a key.",
            """{"duration": 660, "max_duration": 600}"""
        ),
        Guessed("/auth/token"),
        Guessed("/auth/session?"),
        Guessed("/auth/change-password"),
        new(
            "rate_limited",
            "/events",
            "streams",
            "20 streams of events may be open at once from one account; close one before the next.",
            IsFurther: true
        ),
        new(
            "issuer_unreachable",
            "/auth/oidc",
            "provider",
            "The provider does not answer. Sign in with a password, or try again in a minute."
        ),
    ];

    private static RefusalWords Invalid(string place, string name, string field, string detail) =>
        new(
            "invalid_request",
            place,
            name,
            detail,
            new JsonObject { ["errors"] = new JsonObject { [field] = new JsonArray(detail) } }.ToJsonString()
        );

    private static RefusalWords Missing(string place, string name, string detail) =>
        new("not_found", place, name, detail);

    private static RefusalWords Guessed(string place) =>
        new(
            "rate_limited",
            place,
            "password",
            "Too many wrong passwords for this name from here; wait 15 min before the next try. API keys and open sessions go on working.",
            IsFurther: true
        );
}
