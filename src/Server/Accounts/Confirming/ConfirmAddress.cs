using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Opening;
using Decant.Server.Data;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Decant.Server.Accounts.Confirming;

/// <summary><c>POST /api/v1/auth/confirm</c>: the link of a mail, followed.</summary>
internal static class ConfirmAddress
{
    public static async Task<Ok<AccountView>> HandleAsync(
        ConfirmAddressRequest request,
        HttpContext context,
        DecantDb db,
        ConfirmationLinks links,
        AccountOpening opening,
        Passwords passwords,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var address = links.TryRead(request.Token) ?? throw Used();
        var actor = Actor.Of(context);
        var now = time.GetUtcNow();
        if (await db.Accounts.AnyAsync(one => one.NormalizedEmail == address, cancellationToken))
        {
            return TypedResults.Ok(
                AccountView.Of(
                    await db.InWriteTransactionAsync(
                        token => TryConfirmAsync(db, address, audit, actor, now, token),
                        cancellationToken
                    ) ?? throw Used()
                )
            );
        }

        var chosen =
            await FindAsync(db, address, request.Password ?? "", passwords, now, cancellationToken) ?? throw Used();
        try
        {
            var made = await db.InWriteTransactionAsync(
                token => TryOpenAsync(db, chosen, opening, actor, now, token),
                cancellationToken
            );
            return TypedResults.Ok(AccountView.Of(made ?? throw Used()));
        }
        catch (DbUpdateException exception) when (db.IsDuplicate(exception))
        {
            throw Used();
        }
    }

    /// <summary>The sign-up with this password: the mail proves the address, the password that it was the reader who signed up, and not a stranger who hoped for a click.</summary>
    private static async Task<SignUp?> FindAsync(
        DecantDb db,
        string address,
        string password,
        Passwords passwords,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var wishes = await db
            .SignUps.AsNoTracking()
            .Where(one => one.NormalizedEmail == address && one.ExpiresAt > now)
            .OrderByDescending(one => one.Id)
            .ToListAsync(cancellationToken);
        foreach (var wish in wishes)
        {
            if (await passwords.IsRightAsync(wish.PasswordHash, password, cancellationToken))
            {
                return wish;
            }
        }

        return wishes.Count == 0
            ? null
            : throw ApiException.Invalid("password", "This is not the password that was chosen at sign-up.");
    }

    private static async Task<Account?> TryOpenAsync(
        DecantDb db,
        SignUp wish,
        AccountOpening opening,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var wished = await db
            .SignUps.Where(one => one.NormalizedEmail == wish.NormalizedEmail)
            .ExecuteDeleteAsync(cancellationToken);
        if (wished == 0)
        {
            return null;
        }

        var account = new Account
        {
            Email = wish.Email,
            FullName = wish.FullName,
            PasswordHash = wish.PasswordHash,
            CreatedAt = now,
        };
        await opening.OpenAsync(db, account, actor, "By sign-up, with its address confirmed", cancellationToken);
        return account;
    }

    private static async Task<Account?> TryConfirmAsync(
        DecantDb db,
        string address,
        AuditTrail audit,
        Actor actor,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var confirmed = await db
            .Accounts.Where(one => one.NormalizedEmail == address && one.AwaitsConfirmation)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.AwaitsConfirmation, false).SetProperty(one => one.UpdatedAt, now),
                cancellationToken
            );
        if (confirmed == 0)
        {
            return null;
        }

        var account = await db
            .Accounts.AsNoTracking()
            .SingleAsync(one => one.NormalizedEmail == address, cancellationToken);
        audit.Add(db, AuditAction.AccountChanged, actor, account.Id, "Its address is confirmed");
        await db.SaveChangesAsync(cancellationToken);
        return account;
    }

    private static ApiException Used() =>
        new(
            ApiError.BadSignature,
            "The link is used, expired or changed: it works once, for 24 hours. Sign in, or ask for another."
        );
}

/// <param name="Token">Token of the mail's link: what follows the <c>#</c> in it.</param>
/// <param name="Password">The password chosen at sign-up; not wanted where an account confirms a new address.</param>
internal sealed record ConfirmAddressRequest(string? Token, string? Password);
