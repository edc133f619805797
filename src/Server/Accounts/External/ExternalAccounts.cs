using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Opening;
using Decant.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.External;

/// <summary>The accounts of people whom the operator's issuer vouches for: found by issuer and subject, made or linked when first seen.</summary>
internal sealed class ExternalAccounts(
    IDbContextFactory<DecantDb> databases,
    ExternalTokens tokens,
    AccountOpening opening,
    AuditTrail audit,
    IOptions<JwtOptions> options,
    TimeProvider time
)
{
    /// <returns>Null for a token that is not accepted.</returns>
    public async Task<Account?> FindAsync(string token, CancellationToken cancellationToken) =>
        await tokens.ReadAsync(token, cancellationToken) is { } claims
            ? await FindAsync(claims, options.Value.LinkByEmail, cancellationToken)
            : null;

    /// <param name="claims">Claims of an issuer that is believed.</param>
    /// <param name="mayLink">A verified e-mail address links to the account that has it already.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    public async Task<Account> FindAsync(ExternalClaims claims, bool mayLink, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindKnownAsync(db, claims, cancellationToken)
            ?? await db.InWriteTransactionAsync(within => WelcomeAsync(db, claims, mayLink, within), cancellationToken);
    }

    private static Task<Account?> FindKnownAsync(
        DecantDb db,
        ExternalClaims claims,
        CancellationToken cancellationToken
    ) =>
        db
            .ExternalIdentities.Where(one => one.Issuer == claims.Issuer && one.Subject == claims.Subject)
            .Join(db.Accounts, one => one.AccountId, account => account.Id, (_, account) => account)
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Their browser sends several requests at once; one of them makes the account.</summary>
    private async Task<Account> WelcomeAsync(
        DecantDb db,
        ExternalClaims claims,
        bool mayLink,
        CancellationToken cancellationToken
    )
    {
        await db.PassAloneAsync("external identities", cancellationToken);
        if (await FindKnownAsync(db, claims, cancellationToken) is { } known)
        {
            return known;
        }

        var owner = await db.FindOwnerAsync(claims.Email, cancellationToken);
        var account =
            // Whoever only says that the address is theirs gets nobody's identity by it.
            owner is { AwaitsConfirmation: false }
            && claims.IsEmailVerified
            && mayLink
                ? owner
                : await OpenAsync(db, claims, isEmailFree: owner is null, cancellationToken);
        db.ExternalIdentities.Add(
            new ExternalIdentity
            {
                Issuer = claims.Issuer,
                Subject = claims.Subject,
                AccountId = account.Id,
                CreatedAt = time.GetUtcNow(),
            }
        );
        audit.Add(db, AuditAction.IdentityLinked, Actor.Server, account.Id, $"{claims.Subject} of {claims.Issuer}");
        await db.SaveChangesAsync(cancellationToken);
        return account;
    }

    private async Task<Account> OpenAsync(
        DecantDb db,
        ExternalClaims claims,
        bool isEmailFree,
        CancellationToken cancellationToken
    )
    {
        var isUsable =
            isEmailFree && claims is { IsEmailVerified: true, Email: not null } && EmailAddress.IsAddress(claims.Email);
        var account = new Account
        {
            Email = isUsable ? claims.Email! : Placeholder(claims),
            FullName = claims.Name is { Length: > 0 and <= FullName.Longest } name ? name : null,
            CreatedAt = time.GetUtcNow(),
        };
        await opening.OpenAsync(db, account, Actor.Server, $"By {claims.Issuer}", cancellationToken);
        return account;
    }

    /// <summary>An address that belongs to nobody (RFC 6761), the same for the same person.</summary>
    private static string Placeholder(ExternalClaims claims) =>
        $"{KeySecret.Hash($"{claims.Issuer} {claims.Subject}")[..16]}@{new Uri(claims.Issuer).IdnHost}.invalid";
}
