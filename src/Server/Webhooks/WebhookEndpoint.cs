using Decant.Server.Webhooks.Kinds;

namespace Decant.Server.Webhooks;

/// <summary>An address that an account wants to be told at.</summary>
internal sealed class WebhookEndpoint
{
    public long Id { get; init; }
    public long AccountId { get; init; }
    public required string Url { get; set; }
    public WebhookKind Kind { get; init; }
    public string? Description { get; set; }

    /// <summary>Events that are sent, separated by spaces.</summary>
    public required string Events { get; set; }

    /// <summary>Encrypted; see <see cref="WebhookSecrets"/>. Of a service's kind its token, or an empty text.</summary>
    public required string Secret { get; set; }

    /// <summary>The one before, encrypted; signs too until it expires.</summary>
    public string? PreviousSecret { get; set; }
    public DateTimeOffset? PreviousSecretExpiresAt { get; set; }
    public bool Enabled { get; set; } = true;

    /// <summary>Reason for which the server switched it off.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>Time (UTC) since which every delivery has failed; null while deliveries succeed.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> EventList => Events.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lane (queue) of its deliveries.</summary>
    public string Lane => $"endpoint {Id}";
}
