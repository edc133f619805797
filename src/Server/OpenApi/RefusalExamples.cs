using System.Text.Json.Nodes;
using Decant.Server.Errors;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>A whole problem document for every code, as the server writes it.</summary>
internal static class RefusalExamples
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>Detail, and the figures beside it as JSON.</summary>
    private static readonly Dictionary<string, (string Detail, string Figures)> ByCode = new()
    {
        ["invalid_request"] = (
            "The format 'mp9' is not known. Known are mp4, webm, mkv.",
            """{"errors": {"format": ["The format 'mp9' is not known. Known are mp4, webm, mkv."]}}"""
        ),
        ["invalid_url"] = (
            "'not a url' is not an http or https address.",
            """{"errors": {"url": ["'not a url' is not an http or https address."]}}"""
        ),
        ["unsupported_url"] = ("There is no audio or video on this page.", "{}"),
        ["unknown_format"] = (
            "The source has no format '999'.",
            """{"errors": {"format_selector": ["The source has no format '999'."]}}"""
        ),
        ["unauthenticated"] = ("The API key is not known here. Check it for missing characters.", "{}"),
        ["insufficient_credits"] = (
            "This needs 102 credits and 6 are there. Ask the operator for more, or take a shorter medium.",
            """{"required_credits": 102, "available_credits": 6}"""
        ),
        ["insufficient_api_balance"] = (
            "This needs $0.04 and $0.01 is there. Ask the operator for more, or take a shorter medium.",
            """{"required_cents": 4, "required_usd": "$0.04", "available_cents": 1, "available_usd": "$0.01"}"""
        ),
        ["key_revoked"] = ("The API key ap_3fK9… is revoked.", "{}"),
        ["forbidden"] = (
            "The credential lacks the scope 'media:write'. Use a key that has it.",
            """{"required_scope": "media:write"}"""
        ),
        ["private_content"] = ("The content is private.", "{}"),
        ["login_required"] = ("The platform shows this to people who are signed in there.", "{}"),
        ["age_restricted"] = ("The platform asks for the viewer's age.", "{}"),
        ["geo_blocked"] = (
            "The content is not available in this server's region.",
            """{"countries": ["AT", "CH", "DE"]}"""
        ),
        ["drm_protected"] = ("The content is protected by DRM, which is not circumvented here.", "{}"),
        ["source_blocked"] = ("The platform takes this server for a robot.", "{}"),
        ["blocked_address"] = (
            "'10.0.0.1' is not reachable from here: 10.0.0.1 is a special address (private use, 10.0.0.0/8, RFC 1918).",
            "{}"
        ),
        ["bad_signature"] = (
            "The link is changed or expired. Ask for the job again: it has a fresh one while the file is kept.",
            "{}"
        ),
        ["not_found"] = ("There is no job 42 of yours.", "{}"),
        ["content_not_found"] = ("The video is not there any more.", "{}"),
        ["idempotency_conflict"] = (
            "The Idempotency-Key 'order-17' was sent before with another request. Use a new key for a new request.",
            "{}"
        ),
        ["idempotency_in_progress"] = ("The first request with the Idempotency-Key 'order-17' is under way.", "{}"),
        ["wrong_state"] = ("Job 42 is COMPLETED; only a job in PROCESSING can be cancelled.", "{}"),
        ["not_started"] = (
            "The live stream begins at 2026-01-31 18:00:00Z.",
            """{"platform": "youtube", "video_id": "upcoming001", "media_title": "An evening of songs", "starts_at": "2026-01-31T18:00:00Z"}"""
        ),
        ["too_long"] = (
            "The medium has 3600 s; 600 s are allowed without a credential.",
            """{"duration": 3600, "max_duration": 600}"""
        ),
        ["too_large"] = ("A request may have 1048576 bytes; split it.", """{"max_bytes": 1048576}"""),
        ["rate_limited"] = (
            "10 requests a minute are allowed here; wait 12 s before the next.",
            """{"limit": 10, "retry_after": 12}"""
        ),
        ["source_failed"] = ("The source answered 500.", "{}"),
        ["source_rate_limited"] = ("The platform asks for a pause.", "{}"),
        ["overloaded"] = ("The server has too much to do just now; try again in a moment.", "{}"),
        ["shutting_down"] = ("The server is stopping.", "{}"),
        ["issuer_unreachable"] = ("The issuer of the token does not answer.", "{}"),
        ["source_timeout"] = ("The source took too long.", "{}"),
    };

    public static OpenApiExample? Of(ApiError error)
    {
        if (!ByCode.TryGetValue(error.Code, out var known))
        {
            return null;
        }

        var problem = new JsonObject
        {
            ["type"] = $"urn:decant:problem:{error.Code}",
            ["title"] = error.Title,
            ["status"] = error.Status,
            ["detail"] = known.Detail,
            ["code"] = error.Code,
            ["retryable"] = error.Retryable,
            ["trace_id"] = TraceId,
        };
        foreach (var (name, figure) in JsonNode.Parse(known.Figures)!.AsObject())
        {
            problem[name] = figure?.DeepClone();
        }

        return new OpenApiExample { Summary = error.Title, Value = problem };
    }
}
