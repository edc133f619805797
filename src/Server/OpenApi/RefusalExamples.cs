using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>A whole problem document for every code of an operation, as the server writes it there.</summary>
internal static class RefusalExamples
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>Detail, and the figures beside it as JSON, where an operation has no words of its own.</summary>
    private static readonly Dictionary<string, (string Detail, string Figures)> ByCode = new()
    {
        ["invalid_url"] = (
            "The URL \"not a url\" has white space or control characters in it; percent-encode them.",
            """{"errors": {"url": ["The URL \"not a url\" has white space or control characters in it; percent-encode them."]}}"""
        ),
        ["unsupported_url"] = (
            "No video or audio was found at www.example.com/about; send the address of a medium or of a page with one.",
            "{}"
        ),
        ["unknown_format"] = (
            "The format \"exe\" is not known. Known are mp4, webm, mkv, flv, avi, mov, mp3, wav, aac, m4a, ogg, opus, flac.",
            """{"errors": {"format": ["The format \"exe\" is not known. Known are mp4, webm, mkv, flv, avi, mov, mp3, wav, aac, m4a, ogg, opus, flac."]}}"""
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
        ["key_revoked"] = ("The API key ap_3fa9c1… is revoked.", "{}"),
        ["forbidden"] = ("This account is disabled. Ask the operator of this server.", "{}"),
        ["private_content"] = (
            "The medium at www.youtube.com is private; only its owner can share it. It said: \"Private video. Sign in if you've been granted access to this video\".",
            "{}"
        ),
        ["login_required"] = (
            "www.youtube.com shows the medium only to people who are logged in, or have paid for it. It said: \"Join this channel to get access to members-only content like this video, and other exclusive perks\".",
            "{}"
        ),
        ["age_restricted"] = (
            "www.youtube.com shows the medium only to people whose age it knows, which this server cannot prove. It said: \"Sign in to confirm your age. This video may be inappropriate for some users\".",
            "{}"
        ),
        ["geo_blocked"] = (
            "www.youtube.com does not show the medium in this server's country (\"The uploader has not made this video available in your country\"). It is shown in: DE, FR.",
            """{"countries": ["DE", "FR"]}"""
        ),
        ["drm_protected"] = (
            "The medium at www.youtube.com is DRM protected, and protection is not circumvented. It said: \"This video is DRM protected\".",
            "{}"
        ),
        ["source_blocked"] = (
            "www.youtube.com refuses this server; whoever runs it may use another network address or proxy. It said: \"Sign in to confirm you’re not a bot\".",
            "{}"
        ),
        ["blocked_address"] = (
            "'10.0.0.1' is not reachable from here: 10.0.0.1 is a special address (private use, 10.0.0.0/8, RFC 1918).",
            "{}"
        ),
        ["bad_signature"] = (
            "The link is changed or expired. Ask for the job again: it has a fresh one while the file is kept.",
            "{}"
        ),
        ["content_not_found"] = (
            "There is no such medium at www.youtube.com: it was removed, never existed, or the page holds none. It said: \"Video unavailable. This video has been removed by the uploader\".",
            "{}"
        ),
        ["idempotency_conflict"] = (
            "The Idempotency-Key 'order-17' was sent before with another request. Use a new key for a new request.",
            "{}"
        ),
        ["idempotency_in_progress"] = ("The first request with the Idempotency-Key 'order-17' is under way.", "{}"),
        ["wrong_state"] = ("Job 42 is COMPLETED; only a job in PROCESSING can be cancelled.", "{}"),
        ["not_started"] = (
            "The live stream at www.youtube.com begins at 2026-01-31 18:00 UTC; try again then, or have it waited for.",
            """{"platform": "youtube", "video_id": "upcoming001", "media_title": "An evening of songs", "starts_at": "2026-01-31T18:00:00Z"}"""
        ),
        ["too_long"] = (
            "The medium is 0:11:00 long; here 0:05:00 is the limit. Take a shorter one.",
            """{"duration": 660, "max_duration": 300}"""
        ),
        ["too_large"] = (
            "\"An evening of songs\" takes 4063789 bytes in this quality and the limit is 1500000. Ask for a lower quality. With quality 480p it fits.",
            """{"max_bytes": 1500000, "estimated_bytes": 4063789, "quality_that_fits": "480p"}"""
        ),
        ["rate_limited"] = (
            "10 requests a minute are allowed here; wait 12 s before the next.",
            """{"limit": 10, "retry_after": 12}"""
        ),
        ["source_failed"] = ("media.example.com answered with an error (500); try again later.", "{}"),
        ["source_rate_limited"] = (
            "youtube refuses this server at present, so it is not asked before 2026-01-31 18:00:00Z; try again then, or give cookies of yours for it.",
            "{}"
        ),
        ["overloaded"] = ("The database of this server is too busy at present. Try again in a few seconds.", "{}"),
        ["issuer_unreachable"] = (
            "The issuer of this token does not answer, so it cannot be checked. Try again in a minute.",
            "{}"
        ),
        ["source_timeout"] = (
            "media.example.com sent less than 1024 bytes in 20 s while it was looked up; try again later.",
            "{}"
        ),
    };

    /// <returns>Examples by the name that each has in the document; the usual one is the first.</returns>
    public static IEnumerable<(string Name, OpenApiExample Example)> Of(ApiError error, ApiDescription operation) =>
        WordsOf(error, operation).Select(words => (NameOf(error, words.Name), Example(error, words)));

    private static IEnumerable<RefusalWords> WordsOf(ApiError error, ApiDescription operation)
    {
        if (error == ApiError.Forbidden && ScopeOf(operation) is { } scope)
        {
            yield return Lacking(scope);
        }

        if (error == ApiError.TooLarge)
        {
            yield return new(
                error.Code,
                "",
                "request",
                "A request may have 1048576 bytes; split it.",
                """{"max_bytes": 1048576}"""
            );
            yield break;
        }

        var place = PlaceOf(operation);
        var own = RefusalWords.All.Where(words =>
            words.Code == error.Code && place.Contains(words.Place, StringComparison.Ordinal)
        );
        if (own.FirstOrDefault(words => !words.IsFurther) is { } first)
        {
            yield return first;
        }
        else if (ByCode.TryGetValue(error.Code, out var usual))
        {
            yield return new(error.Code, "", "", usual.Detail, usual.Figures);
        }

        foreach (var further in own.Where(words => words.IsFurther))
        {
            yield return further;
        }
    }

    private static RefusalWords Lacking(string scope) =>
        new(
            ApiError.Forbidden.Code,
            "",
            scope.Replace(':', '_'),
            scope == Scopes.Admin
                ? "This is for administrators, with the scope 'admin'."
                : $"The credential lacks the scope '{scope}'. Use a key that has it.",
            $$"""{"required_scope": "{{scope}}"}"""
        );

    private static string? ScopeOf(ApiDescription operation) =>
        operation
            .ActionDescriptor.EndpointMetadata.Select(one =>
                (one as RequiredScope)?.Name ?? (one as AcceptedScope)?.Name
            )
            .LastOrDefault(name => name is not null);

    private static string PlaceOf(ApiDescription operation) =>
        $"{operation.HttpMethod} /{operation.RelativePath?.TrimEnd('/')}?"
        + string.Concat(
            operation
                .ParameterDescriptions.Where(parameter => parameter.Source == BindingSource.Query)
                .Select(parameter => $"{parameter.Name}&")
        );

    private static string NameOf(ApiError error, string name) =>
        name.Length == 0 ? $"{error.Code}_{error.Status}" : $"{error.Code}_{error.Status}_{name}";

    private static OpenApiExample Example(ApiError error, RefusalWords words)
    {
        var problem = new JsonObject
        {
            ["type"] = $"urn:decant:problem:{error.Code}",
            ["title"] = error.Title,
            ["status"] = error.Status,
            ["detail"] = words.Detail,
            ["code"] = error.Code,
            ["retryable"] = error.Retryable,
            ["trace_id"] = TraceId,
        };
        foreach (var (name, figure) in JsonNode.Parse(words.Figures)!.AsObject())
        {
            problem[name] = figure?.DeepClone();
        }

        return new OpenApiExample { Summary = error.Title, Value = problem };
    }
}
