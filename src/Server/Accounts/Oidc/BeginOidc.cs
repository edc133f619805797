using Decant.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Decant.Server.Accounts.Oidc;

/// <summary><c>GET /api/v1/auth/oidc</c>: sends the browser to the provider.</summary>
internal static class BeginOidc
{
    /// <param name="back">Address on this server to come back to, such as <c>/library</c>; <c>/</c> where nothing is said.</param>
    public static async Task HandleAsync(string? back, HttpContext context, IOptions<OidcOptions> options)
    {
        if (options.Value.Authority is null)
        {
            throw new ApiException(
                ApiError.NotFound,
                "Nobody signs in here through a provider: Oidc__Authority is not set."
            );
        }

        try
        {
            await context.ChallengeAsync(
                OidcServices.Scheme,
                new AuthenticationProperties { RedirectUri = IsLocal(back) ? back : "/" }
            );
        }
        catch (InvalidOperationException exception) when (!context.Response.HasStarted && IsUnreachable(exception))
        {
            throw new ApiException(
                ApiError.IssuerUnreachable,
                "The provider does not answer. Sign in with a password, or try again in a minute."
            )
            {
                RetryAfter = Issuer.Pause,
            };
        }
    }

    /// <summary>The framework's own number for a description that cannot be had.</summary>
    private static bool IsUnreachable(InvalidOperationException exception) =>
        exception.Message.StartsWith("IDX20803", StringComparison.Ordinal);

    /// <summary>The framework's own test, which knows what browsers leave out of an address: a tab between two slashes leads to another site.</summary>
    private static bool IsLocal(string? address) => address is ['/', ..] && RedirectHttpResult.IsLocalUrl(address);
}
