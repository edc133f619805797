using System.Security.Claims;
using System.Text.Encodings.Web;
using Decant.Server.Accounts.Trusted;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts;

/// <summary>
/// Reads an API key from <c>X-API-Key</c>, or a key or a token from <c>Authorization: Bearer</c>. Either is looked up in
/// the database each time, so that a revocation counts at once and on every node. Without one, the network may be trusted.
/// </summary>
internal sealed class CredentialAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    CredentialCheck check,
    TrustedNetworks networks
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Credential";

    private ApiException? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            if ((Credential.Read(Request) ?? networks.Read(Context)) is not { } credential)
            {
                return AuthenticateResult.NoResult();
            }

            Context.Features.Set(credential);

            var caller = await check.FindCallerAsync(credential, Context.RequestAborted);
            Context.SetCaller(caller);
            var identity = new ClaimsIdentity(SchemeName);
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
        }
        catch (ApiException refusal)
        {
            // Said only where the endpoint wants a caller.
            _refusal = refusal;
            return AuthenticateResult.Fail(refusal);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(
            Context,
            _refusal
                ?? new ApiException(
                    ApiError.Unauthenticated,
                    "Send an API key in the header X-API-Key, or a token or a key as Authorization: Bearer."
                )
        );

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.WriteAsync(Context, new ApiException(ApiError.Forbidden, "This caller may not do that."));
}
