using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Decant.Server.Accounts.Confirming;

/// <summary>
/// Tokens of the links in mails: whoever shows one has read the mail of an address. They are signed and not stored, so that a mail
/// can be sent again; what they open is there once.
/// </summary>
internal sealed class ConfirmationLinks(SharedSecrets secrets, PublicOrigin origin, TimeProvider time)
{
    /// <summary>Sets the signature apart from those of links to files, which begin with a path.</summary>
    private const string Purpose = "confirm address ";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Address of the page that confirms. The token is behind the #, which browsers send to nobody.</summary>
    /// <param name="address">E-mail address.</param>
    /// <param name="wantsPassword">The page asks for the password that was chosen at sign-up.</param>
    public string Of(string address, bool wantsPassword) =>
        $"{Origin}/confirm{(wantsPassword ? "?new=1" : "")}#{TokenOf(address)}";

    /// <summary>The setting alone, and never a request's own Host: a stranger's would get the token of whoever clicks.</summary>
    public string Origin => origin.Configured!;

    /// <returns>The address, normalised; null for a token that is changed, of something else, or too old.</returns>
    public string? TryRead(string? token)
    {
        if (
            token?.Split('.') is not [var until, var address, var signature]
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Sign($"{until}.{address}")),
                Encoding.UTF8.GetBytes(signature)
            )
        )
        {
            return null;
        }

        var end = DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture));
        return end > time.GetUtcNow() ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(address)) : null;
    }

    private string TokenOf(string address)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(EmailAddress.Normalize(address)));
        return $"{until}.{text}.{Sign($"{until}.{text}")}";
    }

    private string Sign(string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Links, Encoding.UTF8.GetBytes(Purpose + text)));
}
