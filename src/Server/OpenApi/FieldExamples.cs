using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>An example for every field whose name means the same everywhere, and ranges that hold wherever it stands.</summary>
internal sealed class FieldExamples : IOpenApiSchemaTransformer
{
    private const JsonSchemaType Numeric = JsonSchemaType.Integer | JsonSchemaType.Number;

    private static readonly JsonObject ByName = JsonNode
        .Parse(
            """
            {
              "id": 42, "id, otherwise": "0199f3a2-7c1e-7d3b-9a60-2f5c8b1d4e80", "job_id": 42, "endpoint_id": 7, "account_id": 3, "user_id": 3, "actor_id": 1,
              "task_id": "0199f3a2-7c1e-7d3b-9a60-2f5c8b1d4e77", "batch_id": "0199f3a2-7c1e-7d3b-9a60-2f5c8b1d4e78",
              "event_id": "0199f3a2-7c1e-7d3b-9a60-2f5c8b1d4e79",
              "url": "https://www.youtube.com/watch?v=jNQXAC9IVRw", "webpage_url": "https://www.youtube.com/watch?v=jNQXAC9IVRw",
              "thumbnail_url": "https://i.ytimg.com/vi/jNQXAC9IVRw/hqdefault.jpg",
              "download_url": "https://decant.example/download/video_42.mp4?expires=1769860800&signature=9c0f",
              "archive_url": "https://decant.example/download/batch_0199f3a2-7c1e-7d3b-9a60-2f5c8b1d4e78.zip?expires=1769860800&signature=9c0f",
              "status_url": "https://decant.example/api/v1/video/public/jobs/42?token=kV3x",
              "webhook_url": "https://example.com/hooks/decant", "webhook_secret": "a secret of sixteen or more",
              "video_id": "jNQXAC9IVRw", "platform": "youtube", "title": "Me at the zoo", "original_title": "Me at the zoo",
              "playlist_title": "First videos", "playlist_index": 1, "playlist_count": 12, "playlist_items": "1-5,8",
              "uploader": "jawed", "upload_date": "2005-04-23", "view_count": 350000000, "like_count": 17000000,
              "format": "mp4", "quality": "720p", "format_id": "140", "format_selector": "137+140",
              "output_filename": "me-at-the-zoo", "fell_back_from": "1080p", "resolution": "1280x720", "fps": 25, "video_codec": "h264", "audio_codec": "aac",
              "audio_language": "en", "audio_languages": ["en", "de"], "language": "en", "dynamic_range": "sdr",
              "longest_wait": 12.5, "running_here": 3, "workers": 8, "encoders": 2, "recordings": 16, "normalize": -16, "audio_bitrate": 128000, "start": "00:00:05", "start, otherwise": 5, "end": 12.5, "max_duration": 3600,
              "duration": 19, "estimated_duration": 19, "announced_duration": 24, "recorded_seconds": 120.5, "processing_time": 3.4,
              "file_size": 1048576, "bytes_fetched": 524288, "progress": 42.5, "queue_position": 3, "attempts": 1,
              "estimated_credits": 6, "credits_used": 6, "credits": 500, "estimated_usd": "$0.01", "cost_usd": 0.01, "cost_usd, otherwise": "$0.01",
              "wallet_cents": 1000, "billed_to": "credits", "total_downloads": 12, "total_credits_used": 72,
              "total_duration": 228.5, "total": 12, "limit": 50, "skip": 0, "access_token": "kV3xO0c5m1",
              "created_at": "2026-01-31T10:30:00Z", "started_at": "2026-01-31T10:30:01Z", "completed_at": "2026-01-31T10:30:04Z",
              "expires_at": "2026-02-01T10:30:04Z", "starts_at": "2026-01-31T18:00:00Z", "revoked_at": "2026-01-31T10:30:00Z",
              "last_used_at": "2026-01-31T10:30:00Z", "last_attempt_at": "2026-01-31T10:30:05Z",
              "next_attempt_at": "2026-01-31T10:31:05Z",
              "since": "2026-01-31T10:30:01Z", "until": "2026-01-31T10:35:01Z", "renewed_at": "2026-01-31T10:30:04Z",
              "at": "2026-01-31T10:30:05Z", "duration_ms": 120, "attempt_count": 1,
              "email": "ada@example.org", "username": "ada@example.org", "api_key": "ap_3fK9xO0c5m1kV3xO0c5m1kV3x", "link": "sl_9f8e7d6c5b4a3f2e", "full_name": "Ada Byron", "name": "Backup script", "prefix": "ap_3fK9",
              "scopes": ["media:read", "media:write"], "events": ["job.completed", "job.failed"], "event_type": "job.completed",
              "response_status": 200, "response_time": 0.12, "message": "Download job created successfully",
              "code": "not_found", "status": 404, "status, otherwise": "ok", "retryable": false, "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
              "type": "urn:decant:problem:not_found", "detail": "There is no job 42 of yours.",
              "credits_balance": 9898, "wallet_balance_cents": 2496, "wallet_balance_usd": "$24.96", "api_key_id": 5,
              "address": "203.0.113.7", "processing": 1, "completed": 10, "failed": 1, "cancelled": 0,
              "current_password": "a few words that nobody guesses", "new_password": "a few other words that nobody guesses",
              "password": "a few words that nobody guesses", "count": 12, "description": "Tells the archive",
              "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "expires_in_days": 90, "key": "ap_3fK9xO0c5m1kV3xO0c5m1kV3x",
              "balance_credits": 9898, "held_credits": 102, "total_granted_credits": 10000, "total_used_credits": 0,
              "amount": -102, "balance_after": 9898, "note": "Welcome", "period": "2026-01", "granted_credits": 10000,
              "used_credits": 102, "jobs": 3, "ids": [41, 42], "response_body": "ok", "error": "No answer within 10 s.",
              "disabled_reason": "It took nothing for five days.", "failing_since": "2026-01-26T10:30:00Z",
              "previous_secret_expires_at": "2026-02-01T10:30:00Z", "index": 2, "duration_minutes": 3,
              "estimated_cents": 4, "balance_cents": 2500, "balance_usd": "$25.00", "max_duration_minutes": 10,
              "credit_cost": "33 credits a minute", "next_cursor": "MjAyNi0wMS0zMVQxMDozMDowMFp8NDI", "ignored": 3,
              "score": 97.5, "artist": "The Labradors", "duration_difference": 0.4, "cents": 4, "usd": "$0.04", "usd, otherwise": 0.01,
              "currency": "USD", "credits_per_minute": 33, "usd_per_minute": 0.01, "service": "video_download",
              "unit": "minute", "refresh_token": "rt_0c5m1kV3xO0c5m1kV3x", "token": "1893456000.QURBQEVYQU1QTEUuT1JH.5f0c5c62", "role": "administrator", "overlap": 86400,
              "reconnection_interval": "00:00:03", "token_type": "bearer", "expires_in": 1800, "by": "month",
              "held_cents": 4, "held_usd": "$0.04", "total_granted_cents": 2500, "total_granted_usd": "$25.00",
              "total_used_cents": 0, "total_used_usd": "$0.00", "amount_cents": -4, "amount_usd": "-$0.04",
              "balance_after_cents": 2496, "balance_after_usd": "$24.96", "granted_cents": 2500, "granted_usd": "$25.00",
              "used_cents": 4, "used_usd": "$0.04",
              "total_topped_up_cents": 2500, "total_topped_up_usd": "$25.00", "total_spent_cents": 4, "total_spent_usd": "$0.04",
              "cost_cents": 4, "rate_per_minute": 0.01, "service_type": "media_extraction", "duration_seconds": 185.4,
              "required_cents": 4, "required_usd": "$0.04", "available_cents": 2500, "available_usd": "$25.00",
              "text": "All right, so here we are, one of the elephants.", "kind": "ntfy", "field": "audioOnly", "error_message": "The source failed.", "failure_reason": "source_failed", "job_type": "media_extraction",
              "reference": "invoice-2026-17", "page": 1, "updated_at": "2026-01-31T10:30:00Z",
              "node": "media-1", "reason": "/usr/bin/python3 cannot be started.", "version": "2026.01.20",
              "released_on": "2026-01-20", "age_days": 11, "path": "/usr/lib/python3/dist-packages/yt_dlp", "python": "3.11.2",
              "javascript_runtime": "deno 2.6.0", "running_since": "2026-01-31T10:30:00Z", "ended_at": "2026-01-31T10:30:00Z",
              "from": "2025.12.08", "to": "2026.01.20", "last_success_at": "2026-01-31T10:30:00Z",
              "preset": "1080p", "user_agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "ended": 2,
              "product": "Decant", "oidc": "Example Corp", "value": "00:10:00", "default": "00:10:00",
              "left_alone_until": "2026-01-31T10:35:00Z", "last_at": "2026-01-31T09:12:00Z"
            }
            """
        )!
        .AsObject();

    /// <summary>Least and greatest values by field.</summary>
    private static readonly Dictionary<string, (string? Least, string? Most)> Ranges = new()
    {
        ["progress"] = ("0", "100"),
        ["duration"] = ("0", null),
        ["estimated_duration"] = ("0", null),
        ["recorded_seconds"] = ("0", null),
        ["announced_duration"] = ("0", null),
        ["processing_time"] = ("0", null),
        ["file_size"] = ("0", null),
        ["bytes_fetched"] = ("0", null),
        ["estimated_credits"] = ("0", null),
        ["credits_used"] = ("0", null),
        ["attempts"] = ("0", null),
        ["attempt_count"] = ("0", null),
        ["duration_ms"] = ("0", null),
        ["total"] = ("0", null),
    };

    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        // The fields, and not a named schema behind one, which stands in other places too.
        foreach (var (name, field) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (field is OpenApiSchema own)
            {
                Describe(name, own);
            }
        }

        return Task.CompletedTask;
    }

    private static void Describe(string name, OpenApiSchema field)
    {
        // Some names stand for a number here and for a text there.
        var example = new[] { ByName[name], ByName[$"{name}, otherwise"] }.FirstOrDefault(one =>
            one is not null && Fits(one, field)
        );
        if (example is not null)
        {
            field.Examples ??= [example.DeepClone()];
        }

        if (Ranges.TryGetValue(name, out var range) && Shares(field.Type, Numeric))
        {
            field.Minimum ??= range.Least;
            field.Maximum ??= range.Most;
        }
    }

    /// <summary>True where the example is of the field's type. A field without a type (a time, a number or a text) takes any, unless it is one of a few values.</summary>
    private static bool Fits(JsonNode example, OpenApiSchema field) =>
        field.Type is { } type ? Fits(example, type) : field.Enum is not { Count: > 0 };

    private static bool Fits(JsonNode example, JsonSchemaType type) =>
        example.GetValueKind() switch
        {
            JsonValueKind.String => Shares(type, JsonSchemaType.String),
            JsonValueKind.Array => Shares(type, JsonSchemaType.Array),
            JsonValueKind.True or JsonValueKind.False => Shares(type, JsonSchemaType.Boolean),
            _ when example.ToJsonString().Contains('.', StringComparison.Ordinal) => Shares(
                type,
                JsonSchemaType.Number
            ),
            _ => Shares(type, Numeric),
        };

    private static bool Shares(JsonSchemaType? type, JsonSchemaType wanted) =>
        type is { } types && Enum.GetValues<JsonSchemaType>().Any(one => wanted.HasFlag(one) && types.HasFlag(one));
}
