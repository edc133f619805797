using System.Text.Json.Nodes;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Mail;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Webhooks;

/// <summary>Deliveries by mail, to the account's own address and nobody else's: what is in them are a stranger's titles.</summary>
internal sealed class WebhookMail(MailSender sender)
{
    private const string Scheme = "mailto:";

    /// <summary>Reads where mail goes: the account's address, which need not be given.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public async Task<Uri> ReadAsync(DecantDb db, Caller caller, string? url, CancellationToken cancellationToken)
    {
        if (!sender.IsSet)
        {
            throw ApiException.Invalid("kind", "This server sends no mail: its operator has set no Smtp__Host.");
        }

        var account = await db
            .Accounts.AsNoTracking()
            .SingleAsync(one => one.Id == caller.AccountId, cancellationToken);
        var address = url?.Trim() is { Length: > 0 } given
            ? given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? given[Scheme.Length..]
                : given
            : account.Email;
        return EmailAddress.Normalize(address) == account.NormalizedEmail && !account.AwaitsConfirmation
            ? new Uri(Scheme + account.Email)
            : throw ApiException.Invalid(
                "url",
                $"Mail goes to the account's own address, {account.Email}, once it is confirmed. Leave the url out."
            );
    }

    /// <exception cref="MailException">The mail server did not take it.</exception>
    public Task SendAsync(WebhookDelivery delivery, string url, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(delivery.Body)!;
        return sender.SendAsync(
            new Letter(
                url[Scheme.Length..],
                (string)body["subject"]!,
                (string)body["text"]!,
                delivery.EventId.ToString()
            ),
            cancellationToken
        );
    }
}
