using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Accounts;

/// <summary>Settings under <c>Accounts</c>.</summary>
internal sealed class AccountOptions : IValidatableObject
{
    /// <summary>The first administrator's API key, for scripted set-ups; made up where absent.</summary>
    [RegularExpression(
        "[!-~]{8,256}",
        ErrorMessage = "wants 8 to 256 visible ASCII characters, since it travels in a header."
    )]
    [Secret]
    public string? BootstrapKey { get; init; }

    /// <summary>E-mail address that the first administrator signs in with.</summary>
    public string BootstrapEmail { get; init; } = "administrator@localhost";

    /// <summary>The first administrator's first password. Without one it signs in with its key alone, until it sets one.</summary>
    [Secret]
    public string? BootstrapPassword { get; init; }

    /// <summary>Open registration: anybody may make an account.</summary>
    public bool AllowSignUp { get; init; }

    /// <summary>Mails about its confirmation that one address gets in 24 hours, whoever asks for them (with <c>Smtp__Host</c>).</summary>
    [Range(1, 1000)]
    [Unit("mails")]
    public int MaxConfirmationMails { get; init; } = 5;

    /// <summary>Wrong passwords for one name from one address, after which no more are tried from there for a while.</summary>
    [Range(1, 1000)]
    [Unit("passwords")]
    public int MaxFailedSignIns { get; init; } = 5;

    /// <summary>Length of a lock after too many failed sign-ins.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockOut { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Address ranges (<c>192.168.1.0/24</c>) or addresses of people who need not sign in: whoever comes from there is the account of <c>TrustedAs</c>, and may do all that it may.</summary>
    public string[] TrustedNetworks { get; init; } = [];

    /// <summary>E-mail address of the account that callers from <c>TrustedNetworks</c> are, such as <c>administrator@localhost</c>.</summary>
    public string? TrustedAs { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EmailAddress.IsAddress(BootstrapEmail))
        {
            yield return new($"'{BootstrapEmail}' is no e-mail address.", [nameof(BootstrapEmail)]);
        }

        if (
            !string.IsNullOrEmpty(BootstrapPassword)
            && PasswordRules.FaultOf(BootstrapPassword, BootstrapEmail) is { } fault
        )
        {
            yield return new(fault, [nameof(BootstrapPassword)]);
        }

        foreach (var network in TrustedNetworks.Where(text => AddressRange.Read(text) is null))
        {
            yield return new(
                $"'{network}' is no address or address range such as 192.168.1.0/24.",
                [nameof(TrustedNetworks)]
            );
        }

        if (TrustedNetworks.Length > 0 && !EmailAddress.IsAddress(TrustedAs ?? ""))
        {
            yield return new(
                "say with an e-mail address which account those from Accounts__TrustedNetworks are.",
                [nameof(TrustedAs)]
            );
        }
    }
}
