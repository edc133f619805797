using Decant.Server.Accounts.Audit;
using Decant.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Server.Accounts.Tokens;

/// <summary><c>POST /api/v1/auth/refresh</c>.</summary>
internal static class RefreshSession
{
    public static async Task<Ok<TokenAnswer>> HandleAsync(
        RefreshRequest request,
        HttpContext context,
        Sessions sessions,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await sessions.RefreshAsync(
                request.RefreshToken is { Length: > 0 } token
                    ? token
                    : throw ApiException.Invalid(
                        "refresh_token",
                        "Send the refresh_token that the last answer of /auth/token or /auth/refresh had."
                    ),
                Actor.Of(context),
                cancellationToken
            )
        );
}

/// <param name="RefreshToken">Refresh token of the last answer that had one.</param>
internal sealed record RefreshRequest(string? RefreshToken);
