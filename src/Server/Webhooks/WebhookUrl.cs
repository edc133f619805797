using Decant.Engine;
using Decant.Engine.Errors;
using Decant.Server.Accounts;
using Decant.Server.Data;
using Decant.Server.Errors;
using Decant.Server.Webhooks.Kinds;

namespace Decant.Server.Webhooks;

/// <summary>Reads the addresses that receivers are to be reached at: HTTPS, and nothing the egress gate would refuse.</summary>
internal sealed class WebhookUrl(MediaEngine engine, WebhookMail mail)
{
    private const int Longest = 2048;

    /// <summary>Reads what can be told from the text alone.</summary>
    /// <exception cref="ApiException"><c>invalid_request</c> with the field.</exception>
    public static Uri Read(string? text, string field)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length > Longest)
        {
            throw ApiException.Invalid(field, $"The {field} has {trimmed.Length} characters; {Longest} are allowed.");
        }

        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
        {
            throw ApiException.Invalid(
                field,
                $"The {field} '{trimmed}' is not an https address. Write one such as https://example.com/hooks/decant."
            );
        }

        return url.UserInfo.Length == 0 && url.Fragment.Length == 0
            ? url
            : throw ApiException.Invalid(
                field,
                $"The {field} of '{url.IdnHost}' has a user name, a password or a #fragment, which are not sent. Leave them out."
            );
    }

    /// <summary>Reads the address of an endpoint of this kind, and asks the gate.</summary>
    /// <exception cref="MediaException"><c>blocked_address</c></exception>
    /// <exception cref="ApiException"><c>invalid_request</c></exception>
    public async Task<Uri> ReadAsync(
        DecantDb db,
        Caller caller,
        WebhookKind kind,
        string? text,
        CancellationToken cancellationToken
    )
    {
        if (kind == WebhookKind.Mail)
        {
            return await mail.ReadAsync(db, caller, text, cancellationToken);
        }

        var url = Read(text, "url");
        kind.EnsureFits(url);
        await EnsureAllowedAsync(url, "url", cancellationToken);
        return url;
    }

    /// <summary>Asks the gate. It is asked again with every connection, since what a name leads to may change.</summary>
    /// <exception cref="MediaException"><c>blocked_address</c></exception>
    /// <exception cref="ApiException"><c>invalid_request</c> where the name leads nowhere.</exception>
    public async Task EnsureAllowedAsync(Uri url, string field, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Egress.EnsureAllowedAsync(url, cancellationToken);
        }
        catch (MediaException exception) when (exception.Error != MediaError.BlockedAddress)
        {
            throw ApiException.Invalid(field, exception.Message);
        }
    }
}
