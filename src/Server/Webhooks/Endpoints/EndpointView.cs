using System.Text.Json.Serialization;
using Decant.Server.Webhooks.Kinds;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary>An endpoint on the wire.</summary>
internal sealed record EndpointView
{
    /// <summary>Number of the endpoint.</summary>
    public required long Id { get; init; }

    /// <summary>Address of the receiver, https; <c>mailto:</c> for mail.</summary>
    public required string Url { get; init; }

    /// <summary>Kind of receiver: <c>decant</c> for a program, or the service whose body is sent.</summary>
    public required WebhookKind Kind { get; init; }

    /// <summary>Description in the owner's own words.</summary>
    public string? Description { get; init; }

    /// <summary>Events that are sent: <c>job.completed</c>, <c>job.failed</c>, <c>job.cancelled</c>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>True while the endpoint is on. While it is off, nothing new is written for it, and what waits goes on waiting.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The same as <c>enabled</c>, under the hosted service's name.</summary>
    public bool Active => Enabled;

    /// <summary>Reason for which the server switched it off; null where it did not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Time since which it has taken nothing; null while it takes what it is sent.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>End (UTC) of the rotation period in which the previous secret signs too; null outside one.</summary>
    public DateTimeOffset? PreviousSecretExpiresAt { get; init; }

    /// <summary>Signing secret, shown only in the answer that creates or rotates it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static EndpointView Of(WebhookEndpoint endpoint, DateTimeOffset now, string? secret = null) =>
        new()
        {
            Id = endpoint.Id,
            Url = endpoint.Url,
            Kind = endpoint.Kind,
            Description = endpoint.Description,
            Events = endpoint.EventList,
            Enabled = endpoint.Enabled,
            DisabledReason = endpoint.DisabledReason,
            FailingSince = endpoint.FailingSince,
            CreatedAt = endpoint.CreatedAt,
            PreviousSecretExpiresAt = endpoint.PreviousSecretExpiresAt > now ? endpoint.PreviousSecretExpiresAt : null,
            Secret = secret,
        };
}
