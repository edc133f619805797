using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <summary>Name of an account's owner.</summary>
internal static class FullName
{
    public const int Longest = 200;

    /// <returns>Null for none.</returns>
    /// <exception cref="ApiException"><c>invalid_request</c>.</exception>
    public static string? Read(string? value) =>
        value?.Trim() is not { Length: > 0 } name ? null
        : name.Length <= Longest && !name.Any(char.IsControl) ? name
        : throw ApiException.Invalid(
            "full_name",
            $"Use at most {Longest} characters on one line; this has {name.Length}."
        );
}
