using Decant.Server.Errors;

namespace Decant.Server.Accounts;

/// <summary>Rules for new passwords: a minimum length (NIST SP 800-63B), and no rule about capitals or digits.</summary>
internal static class PasswordRules
{
    public const int Shortest = 10;
    public const int Longest = 256;
    private const int FewestDistinct = 5;

    /// <summary>Shorter names are in too many words.</summary>
    private const int ShortestName = 4;

    /// <summary>The commonest that are long enough, whatever surrounds them.</summary>
    private static readonly string[] Common =
    [
        "1234567890",
        "0123456789",
        "0987654321",
        "qwertyuiop",
        "q1w2e3r4t5",
        "1q2w3e4r5t",
        "passwordpassword",
        "password123",
        "password1234",
        "iloveyou",
        "administrator",
        "changeme",
        "letmein",
    ];

    /// <exception cref="ApiException"><c>invalid_request</c> for the field, which is never quoted.</exception>
    public static string Read(string field, string? password, string email) =>
        FaultOf(password ?? "", email) is { } fault ? throw ApiException.Invalid(field, fault) : password!;

    /// <returns>The broken rule in a sentence; null for a good password.</returns>
    public static string? FaultOf(string password, string email)
    {
        var name = email.Split('@')[0];
        return password.Length < Shortest ? $"Use at least {Shortest} characters; this has {password.Length}."
            : password.Length > Longest ? $"Use at most {Longest} characters; this has {password.Length}."
            : password.Distinct().Count() < FewestDistinct ? $"Use at least {FewestDistinct} different characters."
            : Contains(password, email) || (name.Length >= ShortestName && Contains(password, name))
                ? "Use a password without your e-mail address in it."
            : Common.Any(common => Contains(password, common))
                ? "Use a password that is not among the first that people try."
            : null;
    }

    private static bool Contains(string password, string part) =>
        password.Contains(part, StringComparison.OrdinalIgnoreCase);
}
