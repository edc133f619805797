using Decant.Server.Background;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts.Watching;

/// <summary>
/// Ends the answers of this node that outlive their credential. A revocation anywhere, and the credential's own end, make it
/// look again as at a new request; nothing is asked meanwhile, and several answers for one credential are one question.
/// </summary>
internal sealed class CredentialFeed(CredentialChanges changes, IServiceScopeFactory scopes, LoopServices services)
    : BackgroundLoop(services)
{
    private readonly Lock _lock = new();
    private readonly HashSet<CredentialWatch> _watches = [];

    /// <returns>Told of the end of the request's credential, until it is disposed of.</returns>
    public async Task<CredentialWatch> WatchAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var watch = new CredentialWatch(
            Credential.Of(context)
                ?? throw new InvalidOperationException("The endpoint does not require a credential."),
            context.GetCaller(),
            Time,
            expired => changes.Look(expired.AccountId),
            Remove
        );
        lock (_lock)
        {
            _watches.Add(watch);
        }

        try
        {
            // It was good when the request came; what was taken back since then was not heard here.
            await LookAsync(watch.Credential, [watch], cancellationToken);
            return watch;
        }
        catch
        {
            // Whatever it was: nobody was given the watch.
            watch.Dispose();
            throw;
        }
    }

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await changes.Reader.WaitToReadAsync(stoppingToken);
        var accounts = new HashSet<long?>();
        while (changes.Reader.TryRead(out var account))
        {
            accounts.Add(account);
        }

        await LookAsync(accounts, stoppingToken);
    }

    private async Task LookAsync(IReadOnlySet<long?> accounts, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var same in Watches(accounts).GroupBy(watch => watch.Credential))
            {
                await LookAsync(same.Key, same, cancellationToken);
            }
        }
        catch
        {
            // Whatever it was: those who were not looked at are, once the pause is over.
            changes.MissSome();
            throw;
        }
    }

    private async Task LookAsync(
        Credential credential,
        IEnumerable<CredentialWatch> watches,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var check = scope.ServiceProvider.GetRequiredService<CredentialCheck>();
        try
        {
            var caller = await check.FindCallerAsync(credential, cancellationToken);
            foreach (var watch in watches)
            {
                watch.GoOn(caller);
            }
        }
        catch (ApiException refusal)
        {
            foreach (var watch in watches)
            {
                await watch.EndAsync(refusal);
            }
        }
    }

    private List<CredentialWatch> Watches(IReadOnlySet<long?> accounts)
    {
        lock (_lock)
        {
            return [.. _watches.Where(watch => accounts.Contains(null) || accounts.Contains(watch.AccountId))];
        }
    }

    private void Remove(CredentialWatch watch)
    {
        lock (_lock)
        {
            _watches.Remove(watch);
        }
    }
}
