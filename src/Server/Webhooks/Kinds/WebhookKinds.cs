using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Decant.Server.Errors;

namespace Decant.Server.Webhooks.Kinds;

/// <summary>Requests of each kind, as the service's own documentation has them.</summary>
internal static class WebhookKinds
{
    private const string Refresh = "/Library/Refresh";
    private const int Green = 0x2F9E44;
    private const int Red = 0xE03131;

    public static readonly IReadOnlyList<string> Names =
    [
        .. Enum.GetNames<WebhookKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
    ];

    /// <summary>A kind that shows messages takes them of every end; a library is looked through when there is something new.</summary>
    public static IReadOnlyList<string> UsualEvents(this WebhookKind kind) =>
        kind == WebhookKind.Jellyfin ? ["job.completed"] : WebhookEvents.OfJobs;

    /// <summary>Signed kind: its receiver checks signatures. The others have their secret in the address, or take a token.</summary>
    public static bool IsSigned(this WebhookKind kind) => kind == WebhookKind.Decant;

    /// <exception cref="ApiException"><c>invalid_request</c> where the address cannot be one of this kind.</exception>
    public static void EnsureFits(this WebhookKind kind, Uri url)
    {
        if (kind == WebhookKind.Ntfy && TopicOf(url).Length == 0)
        {
            throw ApiException.Invalid(
                "url",
                $"The url '{url}' names no topic. Write one such as https://ntfy.example/my-topic."
            );
        }
    }

    /// <summary>Address that is posted to. ntfy takes JSON at its root, the topic in it (docs.ntfy.sh/publish, "Publish as JSON").</summary>
    public static Uri AddressOf(this WebhookKind kind, Uri url) =>
        kind switch
        {
            WebhookKind.Ntfy => WithPath(url, url.AbsolutePath.TrimEnd('/')[..^TopicOf(url).Length].TrimEnd('/') + "/"),
            WebhookKind.Gotify when !url.AbsolutePath.EndsWith("/message", StringComparison.Ordinal) => WithPath(
                url,
                url.AbsolutePath.TrimEnd('/') + "/message"
            ),
            WebhookKind.Jellyfin when !url.AbsolutePath.EndsWith(Refresh, StringComparison.OrdinalIgnoreCase) =>
                WithPath(url, url.AbsolutePath.TrimEnd('/') + Refresh),
            _ => url,
        };

    /// <summary>The credential of services that take one.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="token">The endpoint's secret; empty for none.</param>
    public static AuthenticationHeaderValue? CredentialOf(this WebhookKind kind, string token) =>
        token.Length == 0 ? null
        : kind == WebhookKind.Jellyfin
            ? new AuthenticationHeaderValue("MediaBrowser", $"Token=\"{Uri.EscapeDataString(token)}\"")
        : new AuthenticationHeaderValue("Bearer", token);

    /// <summary>Body of a kind that is not our own.</summary>
    public static string Write(this WebhookKind kind, Uri url, WebhookBody body)
    {
        var notice = Notice.Of(body);
        JsonObject? message = kind switch
        {
            WebhookKind.Ntfy => Ntfy(TopicOf(url), notice),
            WebhookKind.Gotify => Gotify(notice),
            WebhookKind.Discord => Discord(notice, body.CreatedAt),
            WebhookKind.Slack => Slack(notice),
            WebhookKind.Jellyfin => null,
            WebhookKind.Mail => Mail(notice),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        return message?.ToJsonString() ?? "";
    }

    /// <summary>Subject and text, of which <see cref="WebhookMail"/> makes a letter.</summary>
    private static JsonObject Mail(Notice notice) =>
        new()
        {
            ["subject"] = notice.Title,
            ["text"] = notice.Link is null ? notice.Text : $"{notice.Text}\n\n{notice.Link}",
        };

    private static JsonObject Ntfy(string topic, Notice notice)
    {
        var message = new JsonObject
        {
            ["topic"] = topic,
            ["title"] = notice.Title,
            ["message"] = notice.Text,
            ["tags"] = new JsonArray(notice.IsBad ? "x" : "white_check_mark"),
            ["priority"] = notice.IsBad ? 4 : 3,
        };
        if (notice.Link is not null)
        {
            message["click"] = notice.Link;
        }

        return message;
    }

    /// <summary>gotify.net/docs/pushmsg and /msgextras.</summary>
    private static JsonObject Gotify(Notice notice)
    {
        var message = new JsonObject
        {
            ["title"] = notice.Title,
            ["message"] = notice.Text,
            ["priority"] = notice.IsBad ? 8 : 5,
        };
        if (notice.Link is not null)
        {
            message["extras"] = new JsonObject
            {
                ["client::notification"] = new JsonObject { ["click"] = new JsonObject { ["url"] = notice.Link } },
            };
        }

        return message;
    }

    /// <summary>Discord's "Execute Webhook". A title is whatever a stranger called a video: it may mention nobody.</summary>
    private static JsonObject Discord(Notice notice, DateTimeOffset at)
    {
        var embed = new JsonObject
        {
            ["title"] = notice.Title,
            ["description"] = notice.Text,
            ["color"] = notice.IsBad ? Red : Green,
            ["timestamp"] = at.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        };
        if (notice.Link is not null)
        {
            embed["url"] = notice.Link;
        }

        return new JsonObject
        {
            ["embeds"] = new JsonArray(embed),
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
    }

    /// <summary>Slack's incoming webhooks, in its mrkdwn, of which three letters are escaped.</summary>
    private static JsonObject Slack(Notice notice)
    {
        var text = $"*{Escape(notice.Title)}*\n{Escape(notice.Text)}";
        return new JsonObject
        {
            ["text"] = notice.Link is null ? text : $"{text}\n<{Escape(notice.Link)}|Fetch it>",
            ["unfurl_links"] = false,
        };
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static string TopicOf(Uri url) => url.AbsolutePath.TrimEnd('/').Split('/')[^1];

    private static Uri WithPath(Uri url, string path) => new UriBuilder(url) { Path = path }.Uri;
}
