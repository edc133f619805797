using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;
using MimeKit;

namespace Decant.Server.Mail;

/// <summary>Settings under <c>Smtp</c>: the mail server that takes what Decant has to say. Without a host there is no mail.</summary>
internal sealed class SmtpOptions : IValidatableObject
{
    /// <summary>Name or address of the mail server; it may be a private one. Null is no mail: sign-up needs no confirmation then.</summary>
    public string? Host { get; init; }

    /// <summary>Port of the mail server: 587 for submission, 465 with <c>Security=tls</c>.</summary>
    [Range(1, 65535)]
    [Unit("port")]
    public int Port { get; init; } = 587;

    /// <summary>Encryption: <c>start_tls</c> refuses a server that does not offer it; <c>tls</c> from the first byte; <c>none</c> for a server on the same machine.</summary>
    public string Security { get; init; } = "start_tls";

    /// <summary>Name to sign in to the mail server with; null where it wants none.</summary>
    public string? Username { get; init; }

    /// <summary>Password to sign in to the mail server with; from a file by <c>Smtp__Password_FILE</c>.</summary>
    [Secret]
    public string? Password { get; init; }

    /// <summary>Sender of all mail, such as <c>Decant &lt;decant@example.org&gt;</c>.</summary>
    public string? From { get; init; }

    /// <summary>Deadline for handing one mail over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public bool IsSet => !string.IsNullOrEmpty(Host);

    public MailSecurity Encryption =>
        Enum.Parse<MailSecurity>(Security.Replace("_", "", StringComparison.Ordinal), true);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Security is not ("start_tls" or "tls" or "none"))
        {
            yield return new($"'{Security}' is none of start_tls, tls, none.", [nameof(Security)]);
        }

        if (IsSet && !MailboxAddress.TryParse(From ?? "", out _))
        {
            yield return new("say whom mail is from, such as Decant <decant@example.org>.", [nameof(From)]);
        }

        if (string.IsNullOrEmpty(Username) != string.IsNullOrEmpty(Password))
        {
            yield return new("wants Smtp__Username and Smtp__Password together.", [nameof(Password)]);
        }
    }
}

internal enum MailSecurity
{
    StartTls,
    Tls,
    None,
}
