using Decant.Server.Hosting;
using Decant.Server.Mail;
using Decant.Server.Tests.Accounts;
using Decant.Server.Tests.Fixture;
using Microsoft.Extensions.Options;

namespace Decant.Server.Tests.Mail;

/// <summary>Mail handed to a real mail server, or not at all.</summary>
public sealed class MailSenderTests : IAsyncLifetime
{
    private static readonly Letter Letter = new(
        "ada@example.org",
        "Grüße, 世界",
        "Zeile eins\n.\nZeile drei",
        "letter-1"
    );

    private MailServer? _mail;
    private string _authorities = "";

    public async ValueTask InitializeAsync()
    {
        _mail = await MailServer.StartAsync(await Fixture.Lab.Internet);
        _authorities = (await Fixture.Lab.Internet).CaFile;
    }

    public async ValueTask DisposeAsync()
    {
        if (_mail is not null)
        {
            await _mail.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_arrives_as_it_was_written()
    {
        await SendAsync();

        var arrived = await _mail!.NextAsync(Letter.To);
        Assert.Equal((Letter.Subject, true), (arrived.Subject, arrived.IsEncrypted));
        Assert.Equal(Letter.Text, arrived.Text.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Theory]
    [InlineData("127.0.0.1", MailServer.Password, true, "start_tls", "certificate")]
    [InlineData("localhost", MailServer.Password, false, "start_tls", "certificate")]
    [InlineData("localhost", "another", true, "start_tls", "535")]
    [InlineData("localhost", MailServer.Password, true, "tls", "SSL")]
    [InlineData("localhost", MailServer.Password, true, "none", "538")]
    public async Task Nothing_is_said_to_a_server_that_is_not_the_one(
        string host,
        string password,
        bool knowsAuthority,
        string security,
        string complaint
    )
    {
        var failure = await Assert.ThrowsAsync<MailException>(() =>
            SendAsync(host, password, knowsAuthority, security)
        );

        Assert.Contains(complaint, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(password, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _mail!.UnreadOf(Letter.To));
    }

    private async Task SendAsync(
        string host = "localhost",
        string password = MailServer.Password,
        bool knowsAuthority = true,
        string security = "start_tls"
    )
    {
        using var sender = new MailSender(
            Options.Create(
                new SmtpOptions
                {
                    Host = host,
                    Port = _mail!.Port,
                    Security = security,
                    Username = MailServer.Username,
                    Password = password,
                    From = "Decant <decant@example.org>",
                }
            ),
            Options.Create(new EgressSettings { CaFile = knowsAuthority ? _authorities : null }),
            TimeProvider.System
        );
        await sender.SendAsync(Letter, TestContext.Current.CancellationToken);
    }
}
