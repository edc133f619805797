namespace Decant.Server.Mail;

/// <summary>A mail: plain text to one address.</summary>
/// <param name="To">E-mail address.</param>
/// <param name="Subject">Subject in one line, in any script.</param>
/// <param name="Text">Lines of text.</param>
/// <param name="MessageId">Identity of the mail, the same when it is sent again (RFC 5322, 3.6.4), without its domain.</param>
internal sealed record Letter(string To, string Subject, string Text, string MessageId);

/// <summary>The mail server did not take a mail.</summary>
internal sealed class MailException(string message, Exception inner) : Exception(message, inner)
{
    /// <summary>The server works, and refuses this mail or its receiver.</summary>
    public bool IsOfTheMail { get; init; }

    /// <summary>A refusal for good (a 5xx of RFC 5321): another attempt would end the same.</summary>
    public bool IsFinal { get; init; }
}
