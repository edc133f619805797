using System.Net.Mail;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts;

/// <summary>The name an account signs in with.</summary>
internal static class EmailAddress
{
    /// <summary>Greatest length in characters that fits into an SMTP command (RFC 5321).</summary>
    private const int Longest = 254;

    /// <returns>The address without the spaces around it.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c> for the field.</exception>
    public static string Read(string field, string? value)
    {
        var address = value?.Trim() ?? "";
        return IsAddress(address)
            ? address
            : throw ApiException.Invalid(field, $"'{value}' is no e-mail address such as ada@example.org.");
    }

    /// <summary>The account that signs in with this, whatever it is that somebody typed there.</summary>
    public static async Task<Account?> FindOwnerAsync(
        this DecantDb db,
        string? typed,
        CancellationToken cancellationToken
    )
    {
        // Not everything can be asked of a database: PostgreSQL has no NUL in its text.
        if (!IsAddress(typed?.Trim() ?? ""))
        {
            return null;
        }

        var normalized = Normalize(typed!);
        return await db
            .Accounts.AsNoTracking()
            .SingleOrDefaultAsync(account => account.NormalizedEmail == normalized, cancellationToken);
    }

    /// <summary>ASCII alone, so that no two addresses look alike; an international domain has an ASCII form.</summary>
    public static bool IsAddress(string value) =>
        value.Length is > 0 and <= Longest
        && value.All(letter => letter is > ' ' and <= '~')
        && MailAddress.TryCreate(value, out var parsed)
        // Not 'Ada<ada@example.org>'.
        && parsed.Address == value;

    /// <summary>Strictly the part before the @ may tell cases apart; nobody's does, and people type theirs as they like.</summary>
    public static string Normalize(string address) => address.Trim().ToUpperInvariant();
}
