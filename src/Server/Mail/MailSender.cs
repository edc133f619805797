using System.Net.Sockets;
using Decant.Engine.Egress;
using Decant.Server.Hosting;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;

namespace Decant.Server.Mail;

/// <summary>Hands mail to the operator's mail server (MailKit), a connection for each: there are few.</summary>
internal sealed class MailSender(IOptions<SmtpOptions> options, IOptions<EgressSettings> egress, TimeProvider time)
    : IDisposable
{
    private readonly Lazy<OperatorsLine> _line = new(() => new OperatorsLine(egress.Value.ToOptions()));

    /// <summary>False without a mail server: nothing can be sent, and nothing is asked to be confirmed.</summary>
    public bool IsSet => options.Value.IsSet;

    /// <exception cref="MailException">The server refused it, or is not there.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = Write(letter);
        try
        {
            await SendAsync(message, attempt.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailException(
                $"The mail server took nothing within {options.Value.Timeout.TotalSeconds:0.#} s.",
                late
            );
        }
        catch (SmtpCommandException refusal)
            when (refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            throw new MailException($"The mail server refused the mail: {refusal.Message}", refusal)
            {
                IsOfTheMail = true,
                IsFinal = (int)refusal.StatusCode >= 500,
            };
        }
        catch (Exception failure)
            when (failure
                    is CommandException
                        or ProtocolException
                        or MailKit.Security.AuthenticationException
                        or SslHandshakeException
                        or System.Security.Authentication.AuthenticationException
                        or SocketException
                        or IOException
                        or NotSupportedException
            )
        {
            throw new MailException(
                $"The mail server {options.Value.Host} took nothing: {BeginningOf(failure.Message)}",
                failure
            );
        }
    }

    public void Dispose()
    {
        if (_line.IsValueCreated)
        {
            _line.Value.Dispose();
        }
    }

    private async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var (host, port) = (options.Value.Host!, options.Value.Port);
        using var client = new SmtpClient
        {
            // As everywhere: an authority that answers no such question must not stop the mail.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
                _line.Value.IsTrusted(certificate, chain, errors),
        };
        var stream = await OperatorsLine.ConnectAsync(host, port, cancellationToken);
        await client.ConnectAsync(stream, host, port, SecurityOf(options.Value.Encryption), cancellationToken);
        if (!string.IsNullOrEmpty(options.Value.Username))
        {
            await client.AuthenticateAsync(options.Value.Username, options.Value.Password!, cancellationToken);
        }

        await client.SendAsync(message, cancellationToken);
        // The mail is taken; whoever forgets to say good-bye has not lost it.
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>MailKit explains TLS at length; what happened is in its first lines.</summary>
    private static string BeginningOf(string message) =>
        string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries).Take(4));

    private MimeMessage Write(Letter letter)
    {
        var from = MailboxAddress.Parse(options.Value.From!);
        var message = new MimeMessage
        {
            Subject = letter.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{letter.MessageId}@{from.Domain}",
            Body = new TextPart(TextFormat.Plain) { Text = letter.Text },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", letter.To));
        // No machine answers it (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) =>
        security switch
        {
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
}
