using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Webhooks;

namespace Decant.Server.Tests.Integrations;

/// <summary>The part of each service that reads what is posted, by its own documentation: a status, and a complaint where it would complain.</summary>
internal static partial class Services
{
    public const string Token = "A1b2C3d4E5f6G7h";

    public static (int Status, string? Complaint) Take(string kind, Received received) =>
        kind switch
        {
            "ntfy" => Ntfy(received),
            "gotify" => Gotify(received),
            "discord" => Discord(received),
            "slack" => Slack(received),
            "jellyfin" => Jellyfin(received),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>Path of the address that the service gives its users.</summary>
    public static string PathOf(string kind) =>
        kind switch
        {
            "ntfy" => "/my-topic",
            "discord" => "/api/webhooks/123456789012345678/abcDEF_ghi-JKL",
            "slack" => "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            _ => "",
        };

    /// <summary>ntfy, docs/publish.md, "Publish as JSON": the root takes it; of the topic's own path it is a text.</summary>
    private static (int, string?) Ntfy(Received received)
    {
        var body = received.Json;
        return received.Path != "/" ? (400, $"JSON is taken at the root, and not at {received.Path}")
            : !Topic().IsMatch((string?)body["topic"] ?? "") ? (400, "topic invalid")
            : (int?)body["priority"] is not (>= 1 and <= 5) ? (400, "priority invalid")
            : body["tags"] is not JsonArray ? (400, "tags is a list")
            : string.IsNullOrEmpty((string?)body["message"]) ? (400, "no message")
            : received.Headers.GetValueOrDefault("Authorization") is not (null or $"Bearer {Token}")
                ? (401, "unauthorized")
            : body["click"] is { } click && !Uri.TryCreate((string)click!, UriKind.Absolute, out _)
                ? (400, "click invalid")
            : (200, null);
    }

    /// <summary>gotify.net/docs/pushmsg: POST /message with an application's token; extras are namespaces of objects.</summary>
    private static (int, string?) Gotify(Received received)
    {
        var body = received.Json;
        return received.Path != "/message" ? (404, received.Path)
            : received.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}"
                ? (401, "you need to provide a valid access token")
            : string.IsNullOrEmpty((string?)body["message"]) ? (400, "Field 'message' is required")
            : (int?)body["priority"] is null ? (400, "priority is a number")
            : body["extras"] is { } extras
            && !Uri.TryCreate((string?)extras["client::notification"]?["click"]?["url"], UriKind.Absolute, out _)
                ? (400, "click.url is an address")
            : (200, null);
    }

    /// <summary>Discord, "Execute Webhook" and "Embed Limits".</summary>
    private static (int, string?) Discord(Received received)
    {
        var body = received.Json;
        var embed = body["embeds"]?[0];
        return received.Path != PathOf("discord") ? (404, received.Path)
            : embed is null && string.IsNullOrEmpty((string?)body["content"]) ? (400, "Cannot send an empty message")
            : ((string?)embed?["title"])?.Length is 0 or > 256 ? (400, "title: 1 to 256")
            : ((string?)embed?["description"])?.Length is 0 or > 4096 ? (400, "description: 1 to 4096")
            : (int?)embed?["color"] is not (>= 0 and <= 0xFFFFFF) ? (400, "color")
            : !DateTimeOffset.TryParse((string?)embed?["timestamp"], CultureInfo.InvariantCulture, out _)
                ? (400, "timestamp")
            : body["allowed_mentions"]?["parse"] is not JsonArray { Count: 0 } ? (400, "it may mention people")
            : (204, null);
    }

    /// <summary>Slack, "Sending messages using incoming webhooks".</summary>
    private static (int, string?) Slack(Received received) =>
        received.Path != PathOf("slack") ? (404, "no_service")
        : string.IsNullOrEmpty((string?)received.Json["text"]) ? (400, "no_text")
        : (200, null);

    /// <summary>Jellyfin: POST /Library/Refresh with the scheme MediaBrowser, whose values stand in quotes.</summary>
    private static (int, string?) Jellyfin(Received received) =>
        received.Path != "/Library/Refresh" ? (404, received.Path)
        : received.Headers.GetValueOrDefault("Authorization") != $"MediaBrowser Token=\"{Token}\""
            ? (401, "unauthorized")
        : (204, null);

    [GeneratedRegex("^[-_A-Za-z0-9]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Topic();
}
