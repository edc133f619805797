using System.ComponentModel.DataAnnotations;

namespace Decant.Server.Accounts;

/// <summary>Settings under <c>Accounts</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>The first administrator's API key, for scripted set-ups; made up where absent.</summary>
    [RegularExpression(
        "[!-~]{8,256}",
        ErrorMessage = "wants 8 to 256 visible ASCII characters, since it travels in a header."
    )]
    public string? BootstrapKey { get; init; }

    /// <summary>Whether strangers may register.</summary>
    public bool AllowSignUp { get; init; }
}
