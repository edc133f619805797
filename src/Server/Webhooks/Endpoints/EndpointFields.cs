using Decant.Server.Errors;
using Decant.Server.Hosting;
using Decant.Server.Webhooks.Kinds;

namespace Decant.Server.Webhooks.Endpoints;

/// <summary>Reads the fields that making and changing an endpoint share.</summary>
internal static class EndpointFields
{
    private const int LongestDescription = 500;

    /// <returns>Stored form.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static string ReadEvents(IReadOnlyList<string?> events)
    {
        var unknown = events.Where(name => !WebhookEvents.All.Contains(name)).ToList();
        if (events.Count == 0 || unknown.Count > 0)
        {
            var known = string.Join(", ", WebhookEvents.All);
            throw ApiException.Invalid(
                "events",
                events.Count == 0
                    ? $"The field events is empty. Name some of {known}."
                    : $"The event '{unknown[0]}' is not known. Known are {known}."
            );
        }

        return string.Join(' ', events.Distinct());
    }

    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static WebhookKind ReadKind(string? kind) =>
        QueryText.ReadName("kind", kind, WebhookKinds.Names) is { } name
            ? Enum.Parse<WebhookKind>(name, ignoreCase: true)
            : WebhookKind.Decant;

    /// <returns>The secret of our own kind, given or made; of another the service's token, or an empty text.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static string ReadSecret(WebhookKind kind, string? secret) =>
        kind.IsSigned()
            ? secret is { } own
                ? WebhookSecrets.Read(own, "secret")
                : WebhookSecrets.Create()
            : secret is { } token
                ? WebhookSecrets.ReadToken(token, "secret")
                : "";

    /// <summary>The value of a field with two names, of which either may be given.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c> where they contradict each other.</exception>
    public static bool? ReadEnabled(bool? enabled, bool? active) =>
        enabled is { } one && active is { } other && one != other
            ? throw ApiException.Invalid("active", "The fields active and enabled mean the same; give one of them.")
            : enabled ?? active;

    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public static string? ReadDescription(string? description) =>
        description?.Length > LongestDescription
            ? throw ApiException.Invalid(
                "description",
                $"The description has {description.Length} characters; {LongestDescription} are allowed."
            )
            : description?.Replace("\0", "", StringComparison.Ordinal);
}
