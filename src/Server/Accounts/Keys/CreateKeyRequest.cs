using Decant.Server.Errors;

namespace Decant.Server.Accounts.Keys;

/// <param name="Name">Name to recognise it by; 1 to 100 characters.</param>
/// <param name="Scopes">
/// Scopes of the key: <c>media:read</c>, <c>media:write</c>, <c>account:read</c>, <c>account:write</c>, <c>webhooks</c>,
/// <c>admin</c>, or <c>*</c> for everything. All but <c>admin</c> where nothing is said, as far as the maker has them.
/// </param>
/// <param name="ExpiresInDays">1 to 3650; never where nothing is said.</param>
internal sealed record CreateKeyRequest(string? Name, IReadOnlyList<string?>? Scopes, int? ExpiresInDays)
{
    private const int LongestName = 100;
    private const int MostDays = 3650;

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public string ReadName() =>
        Name?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl)
            ? name
            : throw ApiException.Invalid("name", $"Give the key a name of 1 to {LongestName} characters on one line.");

    /// <exception cref="ApiException"><c>invalid_request</c> for a scope that is none, <c>forbidden</c> for one that the maker lacks.</exception>
    public IReadOnlyList<string> ReadScopes(Caller maker)
    {
        if (Scopes is null)
        {
            return
            [
                .. Accounts.Scopes.Known.Where(scope =>
                    scope is not (Accounts.Scopes.Admin or Accounts.Scopes.Everything) && maker.Has(scope)
                ),
            ];
        }

        if (Scopes.Count == 0)
        {
            throw ApiException.Invalid("scopes", $"Name at least one scope of {Names()}.");
        }

        foreach (var scope in Scopes)
        {
            if (scope is null || !Accounts.Scopes.Known.Contains(scope))
            {
                throw ApiException.Invalid("scopes", $"The scope '{scope}' is not known. Known are {Names()}.");
            }

            if (!maker.Has(scope))
            {
                throw ScopeEndpoints.Missing(maker, scope);
            }
        }

        return [.. Accounts.Scopes.Known.Where(Scopes.Contains)];
    }

    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public int? ReadDays() =>
        ExpiresInDays is null or (>= 1 and <= MostDays)
            ? ExpiresInDays
            : throw ApiException.Invalid(
                "expires_in_days",
                $"{ExpiresInDays} is not a number of days from 1 to {MostDays}. Leave it out for a key that never expires."
            );

    private static string Names() => string.Join(", ", Accounts.Scopes.Known);
}
