using Decant.Server.Background;
using Decant.Server.Data;
using Decant.Server.Mail;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Confirming;

/// <summary>Sends what <see cref="Confirmations"/> asked for. A mail server that is away is asked again for a day.</summary>
internal sealed partial class ConfirmationMails(
    IDbContextFactory<DecantDb> databases,
    Confirmations confirmations,
    ConfirmationLinks links,
    MailSender sender,
    LoopServices services,
    ILogger<ConfirmationMails> logger
) : BackgroundLoop(services)
{
    private const int AtOnce = 50;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>Longer than the longest deadline of a mail, so that no other node sends it, too.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await using var db = await databases.CreateDbContextAsync(stoppingToken);
        var now = Time.GetUtcNow();
        var due = await db
            .ConfirmationMails.AsNoTracking()
            .Where(one => one.NextAttemptAt <= now)
            .OrderBy(one => one.NextAttemptAt)
            .Take(AtOnce)
            .ToListAsync(stoppingToken);
        await ForEachAsync(due, (mail, token) => SendAsync(db, mail, token), stoppingToken);
        Succeeded();
        if (due.Count < AtOnce)
        {
            await confirmations.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task SendAsync(DecantDb db, ConfirmationMail mail, CancellationToken cancellationToken)
    {
        var row = db.ConfirmationMails.Where(one => one.Id == mail.Id && one.NextAttemptAt == mail.NextAttemptAt);
        var claimed = Time.GetUtcNow() + Lease;
        if (
            await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.NextAttemptAt, claimed), cancellationToken)
            == 0
        )
        {
            return;
        }

        var next = await WaitAfterAsync();
        await db
            .ConfirmationMails.Where(one => one.Id == mail.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(one => one.NextAttemptAt, next.At)
                        .SetProperty(one => one.Attempts, mail.Attempts + 1),
                CancellationToken.None
            );
        if (next.Failure is not null)
        {
            throw next.Failure;
        }

        async Task<(DateTimeOffset? At, MailException? Failure)> WaitAfterAsync()
        {
            try
            {
                if (await WriteAsync(db, mail, cancellationToken) is { } letter)
                {
                    await sender.SendAsync(letter, cancellationToken);
                }

                return (null, null);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return (Time.GetUtcNow(), null);
            }
            catch (MailException refusal) when (refusal.IsFinal)
            {
                LogRefused(mail.Id, refusal.Message);
                return (null, null);
            }
            catch (MailException failure)
            {
                var wait = FirstWait * Math.Pow(2, Math.Min(mail.Attempts, 10));
                return (
                    Time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait),
                    failure.IsOfTheMail ? null : failure
                );
            }
        }
    }

    /// <returns>Null where there is nothing to confirm any more.</returns>
    private async Task<Letter?> WriteAsync(DecantDb db, ConfirmationMail mail, CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var address = mail.NormalizedAddress;
        var owner = await db.FindOwnerAsync(mail.Address, cancellationToken);
        var isWished = await db.SignUps.AnyAsync(
            one => one.NormalizedEmail == address && one.ExpiresAt > now,
            cancellationToken
        );
        var id = $"confirmation-{mail.Id}-{mail.CreatedAt.ToUnixTimeMilliseconds()}";
        return owner switch
        {
            { AwaitsConfirmation: true } => ConfirmationTexts.OfChange(mail.Address, links.Of(address, false), id),
            not null when isWished => ConfirmationTexts.OfKnown(owner.Email, links.Origin, id),
            null when isWished => ConfirmationTexts.OfSignUp(mail.Address, links.Of(address, true), id),
            _ => null,
        };
    }

    /// <summary>Logs a refused mail without the address: whoever reads logs need not know who signs up.</summary>
    [LoggerMessage(LogLevel.Information, "Confirmation mail {MailId} is given up: {Refusal}")]
    private partial void LogRefused(long mailId, string refusal);
}
