using System.Text.RegularExpressions;

namespace Decant.Server.Tests.Fixture;

/// <summary>Marks of what nobody is to read in passing.</summary>
internal static partial class Secrets
{
    /// <summary>Password of every account that a test makes, so that it is known wherever it turns up.</summary>
    public const string Password = "quiet otter lantern 7";

    /// <returns>A secret that stands in the text; null for none.</returns>
    public static string? In(string text) => Mark().Match(text) is { Success: true } found ? found.Value : null;

    /// <summary>Keys, refresh tokens, cookie secrets, sign-in links and webhooks' secrets by their marks, JWTs, presigned links, and passwords of tests.</summary>
    [GeneratedRegex(
        @"\b(ap|rt|cs|sl|whsec)_[A-Za-z0-9_-]{16,}|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_.-]+|X-Amz-Signature=|quiet otter lantern",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Mark();
}
