using Decant.Server.Data;
using Decant.Server.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Confirming;

/// <summary>Asks the owners of addresses to confirm them. Without a mail server nobody is asked.</summary>
internal sealed class Confirmations(
    IDbContextFactory<DecantDb> databases,
    MailSender mail,
    IOptions<AccountOptions> options,
    TimeProvider time
) : IDisposable
{
    /// <summary>Time for which the mails to an address are counted.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _wake = new(0);

    public bool AreWanted => mail.IsSet;

    /// <summary>Asks for a mail to the address, inside the caller's write transaction; nothing where it had its share of a day. The same work for every address.</summary>
    public async Task AskAsync(DecantDb db, string address, CancellationToken cancellationToken)
    {
        var normalized = EmailAddress.Normalize(address);
        await db.PassAloneAsync($"confirmation of {KeySecret.Hash(normalized)}", cancellationToken);
        var now = time.GetUtcNow();
        var since = now - Day;
        var sent = await db.ConfirmationMails.CountAsync(
            one => one.NormalizedAddress == normalized && one.CreatedAt > since,
            cancellationToken
        );
        if (sent < options.Value.MaxConfirmationMails)
        {
            db.ConfirmationMails.Add(
                new ConfirmationMail
                {
                    Address = address,
                    NormalizedAddress = normalized,
                    CreatedAt = now,
                    NextAttemptAt = now,
                }
            );
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keeps a wish for an account and asks for a mail about it, inside the caller's write transaction.</summary>
    public async Task AskAsync(
        DecantDb db,
        string email,
        string? fullName,
        string passwordHash,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var normalized = EmailAddress.Normalize(email);
        var since = now - ConfirmationLinks.Lifetime;
        // No more than there are mails: each that is kept costs a look at a password when the address is confirmed.
        var kept = await db.SignUps.CountAsync(
            one => one.NormalizedEmail == normalized && one.CreatedAt > since,
            cancellationToken
        );
        if (kept < options.Value.MaxConfirmationMails)
        {
            db.SignUps.Add(
                new SignUp
                {
                    Email = email,
                    NormalizedEmail = normalized,
                    FullName = fullName,
                    PasswordHash = passwordHash,
                    CreatedAt = now,
                    ExpiresAt = now + ConfirmationLinks.Lifetime,
                }
            );
        }

        await AskAsync(db, email, cancellationToken);
    }

    /// <summary>Forgets what nobody confirmed, and mails that count no more.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - Day;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.InWriteTransactionAsync(
            async token =>
            {
                await db.ConfirmationMails.Where(one => one.CreatedAt <= since).ExecuteDeleteAsync(token);
                await db.SignUps.Where(one => one.ExpiresAt <= now).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );
    }

    /// <summary>Wakes the sender after a commit: a mail is due.</summary>
    public void Wake() => _wake.Release();

    /// <summary>Waits until there may be mail to send.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.WaitAsync(over.Token), Task.Delay(longest, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        while (await _wake.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            // One look serves them all.
        }
    }

    public void Dispose() => _wake.Dispose();
}
