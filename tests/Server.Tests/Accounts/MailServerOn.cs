using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Accounts;

/// <summary>A server where strangers may sign up, and a mail server of its operator's.</summary>
public sealed class MailServerOn<TDatabase> : IAsyncLifetime
    where TDatabase : ITestDatabase
{
    private MailServer? _mail;

    public DecantServer Server { get; private set; } = null!;
    public MailServer Mail => _mail!;

    public async ValueTask InitializeAsync()
    {
        _mail = await MailServer.StartAsync(await Fixture.Lab.Internet);
        Server = await DecantServer.StartAsync<TDatabase>([.. _mail.Settings, "Webhooks:PollEvery=00:00:00.05"]);
    }

    public async ValueTask DisposeAsync()
    {
        // Neither is there where node is missing and the tests are skipped.
        if (_mail is not null)
        {
            await Server.DisposeAsync();
            await _mail.DisposeAsync();
        }
    }
}
