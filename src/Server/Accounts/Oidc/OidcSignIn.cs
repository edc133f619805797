using System.Security.Claims;
using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.External;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Oidc;

/// <summary>Makes a session of ours of a sign-in at the provider. Whatever goes wrong ends on the page for signing in, which says it.</summary>
internal sealed partial class OidcSignIn(
    DecantDb db,
    ExternalAccounts accounts,
    Sessions sessions,
    AuditTrail audit,
    IOptions<OidcOptions> options,
    PublicOrigin origin,
    ILogger<OidcSignIn> logger
) : OpenIdConnectEvents
{
    private const string SignInPage = "/sign-in";

    /// <summary>The address that people use, and not the one behind a proxy that says nothing of itself.</summary>
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (origin.Configured is { } own)
        {
            context.ProtocolMessage.RedirectUri = own + OidcServices.CallbackPath;
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        var cancellation = context.HttpContext.RequestAborted;
        var account = await accounts.FindAsync(ClaimsOf(context.Principal!), options.Value.LinkByEmail, cancellation);
        var begun = await db.InWriteTransactionAsync(token => BeginAsync(account, context, token), cancellation);
        if (begun is null)
        {
            context.Response.Redirect($"{SignInPage}?oidc=refused");
            return;
        }

        SessionCookie.Write(context.HttpContext, begun.Secret, begun.ExpiresAt);
        context.Response.Redirect(context.ReturnUri ?? "/");
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        LogFailure(context.Failure);
        context.HandleResponse();
        context.Response.Redirect($"{SignInPage}?oidc=failed");
        return Task.CompletedTask;
    }

    private async Task<BrowserSession?> BeginAsync(
        Account account,
        TicketReceivedContext context,
        CancellationToken cancellationToken
    )
    {
        var actor = Actor.Of(context.HttpContext) with { AccountId = account.Id, ApiKeyId = null };
        await SetRoleAsync(account, context.Principal!, cancellationToken);
        var fresh = await db.Accounts.AsNoTracking().SingleAsync(one => one.Id == account.Id, cancellationToken);
        var begun = await sessions.TryBeginBrowserAsync(db, fresh, cancellationToken);
        audit.Add(
            db,
            begun is null ? AuditAction.SignInFailed : AuditAction.SignedIn,
            actor,
            account.Id,
            "By OpenID Connect"
        );
        await db.SaveChangesAsync(cancellationToken);
        return begun;
    }

    /// <summary>The provider's word about the role counts from this sign-in on. The first administrator stays one: somebody must be left.</summary>
    private async Task SetRoleAsync(Account account, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (options.Value.RoleClaim is not { Length: > 0 } claim)
        {
            return;
        }

        var isAdministrator = person.HasClaim(claim, options.Value.AdministratorRole!);
        var changed = await db
            .Accounts.Where(one => one.Id == account.Id && !one.NeverRefused && one.IsAdministrator != isAdministrator)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsAdministrator, isAdministrator), cancellationToken);
        if (changed == 1)
        {
            audit.Add(
                db,
                AuditAction.RoleChanged,
                Actor.Server,
                account.Id,
                $"To {(isAdministrator ? "administrator" : "user")}, by the claim {claim}"
            );
        }
    }

    private static ExternalClaims ClaimsOf(ClaimsPrincipal person) =>
        new(
            person.FindFirstValue("iss")!,
            person.FindFirstValue("sub")!,
            person.FindFirstValue("email"),
            "true".Equals(person.FindFirstValue("email_verified"), StringComparison.OrdinalIgnoreCase),
            person.FindFirstValue("name")
        );

    [LoggerMessage(LogLevel.Warning, "A sign-in at the provider of Oidc__Authority failed")]
    private partial void LogFailure(Exception? exception);
}
