using Decant.Server.Accounts.Admin;
using Decant.Server.Accounts.Browser;
using Decant.Server.Accounts.Confirming;
using Decant.Server.Accounts.Keys;
using Decant.Server.Accounts.Oidc;
using Decant.Server.Accounts.Profile;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/v1/auth");
        MapSessions(auth.MapGroup("").WithTags("Accounts"));
        MapProfile(auth.MapGroup("").WithTags("Accounts"));
        MapKeys(auth.MapGroup("/api-keys").WithTags("API keys"));
        MapAdmin(app.MapGroup("/api/v1/admin").RequireScope(Scopes.Admin).WithTags("Administration"));
    }

    /// <summary>Maps the endpoints for those who have no credential yet, or give theirs up.</summary>
    private static void MapSessions(RouteGroupBuilder auth)
    {
        auth.MapPost("/token", SignIn.HandleAsync)
            .AddOpenApiOperationTransformer(SignInForm.DescribeAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest, ApiError.Unauthenticated, ApiError.Forbidden, ApiError.RateLimited)
            .WithSummary("Sign in with e-mail address and password, for a pair of tokens");
        auth.MapPost("/refresh", RefreshSession.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest, ApiError.Unauthenticated)
            .WithSummary("Trade a refresh token for a new pair; each is good once");
        auth.MapPost("/logout", SignOut.HandleAsync)
            .Refuses(ApiError.Unauthenticated)
            .WithSummary("End a session, with its tokens");
        auth.MapPost("/session", BeginSession.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest, ApiError.Unauthenticated, ApiError.Forbidden, ApiError.RateLimited)
            .WithSummary(
                "Begin a session in a cookie, as the page does: by password, by API key or by a one-time link"
            );
        auth.MapDelete("/session", EndSession.HandleAsync)
            .WithSummary("End the session of the cookie, and take the cookie away");
        auth.MapGet("/oidc", BeginOidc.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.NotFound, ApiError.IssuerUnreachable, ApiError.RateLimited)
            .Produces(StatusCodes.Status302Found)
            .WithSummary("Send a browser to the OpenID Connect provider, to come back with a session");
        auth.MapPost("/register", Register.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest, ApiError.Forbidden)
            .WithSummary("Make an account, where the operator allows it, and sign in or have the address confirmed");
        auth.MapPost("/confirm", ConfirmAddress.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest, ApiError.BadSignature)
            .WithSummary("Confirm an e-mail address by the link that was mailed there");
        auth.MapPost("/resend-confirmation", ResendConfirmation.HandleAsync)
            .Limit(RateLimit.SignIn)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Have the link that confirms an address mailed again");
    }

    private static void MapProfile(RouteGroupBuilder auth)
    {
        auth.MapGet("/me", GetMe.HandleAsync)
            .RequireScope(Scopes.AccountRead)
            .WithSummary("The caller's account and what is in its purses");
        auth.MapPatch("/me", UpdateMe.HandleAsync)
            .RequireScope(Scopes.AccountWrite)
            .Refuses(ApiError.InvalidRequest, ApiError.RateLimited)
            .WithSummary("Change name or e-mail address");
        auth.MapPost("/change-password", ChangePassword.HandleAsync)
            .RequireScope(Scopes.AccountWrite)
            .Refuses(ApiError.InvalidRequest, ApiError.RateLimited)
            .WithSummary("Set another password; every other session ends");
        var sessions = auth.MapGroup("/sessions");
        sessions
            .MapGet("/", ListSessions.HandleAsync)
            .RequireScope(Scopes.AccountRead)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Where you are signed in, newest first");
        sessions
            .MapDelete("/{id:guid}", RevokeSession.HandleAsync)
            .RequireScope(Scopes.AccountWrite)
            .Refuses(ApiError.NotFound)
            .WithSummary("End one of your sessions, from the next request on");
        sessions
            .MapDelete("/", RevokeSession.HandleOthersAsync)
            .RequireScope(Scopes.AccountWrite)
            .WithSummary("End all of your sessions but the one of this call");
    }

    private static void MapKeys(RouteGroupBuilder keys)
    {
        keys.MapPost("/", CreateKey.HandleAsync)
            .RequireScope(Scopes.AccountWrite)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Make an API key; this answer is the only one that shows it");
        keys.MapGet("/", ListKeys.HandleAsync)
            .RequireScope(Scopes.AccountRead)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("The caller's API keys, newest first, without the keys themselves");
        keys.MapDelete("/{id:long}", RevokeKey.HandleAsync)
            .RequireScope(Scopes.AccountWrite)
            .Refuses(ApiError.NotFound)
            .WithSummary("Revoke an API key, from the next request on");
    }

    private static void MapAdmin(RouteGroupBuilder admin)
    {
        var users = admin.MapGroup("/users");
        users
            .MapGet("/", ListAccounts.HandleAsync)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("All accounts, newest first");
        users
            .MapPost("/", CreateAccount.HandleAsync)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Make an account for somebody");
        users.MapGet("/{id:long}", GetAccount.HandleAsync).Refuses(ApiError.NotFound).WithSummary("One account");
        users
            .MapPost("/{id:long}/grants", GrantMoney.HandleAsync)
            .AcceptIdempotencyKey("grant")
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("Add credits, or money to the API wallet");
        users
            .MapPost("/{id:long}/disable", SetActive.DisableAsync)
            .Refuses(ApiError.NotFound)
            .WithSummary("Refuse an account's keys, tokens and password from now on");
        users
            .MapPost("/{id:long}/enable", SetActive.EnableAsync)
            .Refuses(ApiError.NotFound)
            .WithSummary("Let a disabled account in again");
        users
            .MapPut("/{id:long}/role", SetRole.HandleAsync)
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("Make an account an administrator, or not");
        users
            .MapPost("/{id:long}/password", ResetPassword.HandleAsync)
            .Refuses(ApiError.InvalidRequest, ApiError.NotFound)
            .WithSummary("Set the password of somebody who forgot theirs");
        admin
            .MapGet("/audit", ListAudit.HandleAsync)
            .Refuses(ApiError.InvalidRequest)
            .WithSummary("Who did what to whom, newest first");
    }
}
