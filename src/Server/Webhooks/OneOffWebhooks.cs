using Decant.Server.Errors;
using Decant.Server.Jobs.Requests;

namespace Decant.Server.Webhooks;

/// <summary>Reads the <c>webhook_url</c> and <c>webhook_secret</c> of a download.</summary>
internal sealed class OneOffWebhooks(WebhookSecrets secrets, WebhookUrl urls)
{
    private const string UrlField = "webhook_url";
    private const string SecretField = "webhook_secret";

    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public OneOffWebhook? Read(string? url, string? secret, bool isPublic)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return string.IsNullOrEmpty(secret)
                ? null
                : throw ApiException.Invalid(
                    SecretField,
                    $"A {SecretField} signs what is sent to the {UrlField}; give that as well."
                );
        }

        if (isPublic)
        {
            throw ApiException.Invalid(UrlField, $"Without a key there is no {UrlField}; ask the status_url instead.");
        }

        var read = WebhookUrl.Read(url, UrlField);
        return new OneOffWebhook(
            read.AbsoluteUri,
            string.IsNullOrEmpty(secret) ? null : secrets.Protect(WebhookSecrets.Read(secret, SecretField))
        );
    }

    /// <inheritdoc cref="WebhookUrl.EnsureAllowedAsync"/>
    public Task EnsureAllowedAsync(OneOffWebhook? webhook, CancellationToken cancellationToken) =>
        webhook is null
            ? Task.CompletedTask
            : urls.EnsureAllowedAsync(new Uri(webhook.Url), UrlField, cancellationToken);
}
