using System.Reflection;
using Decant.Server.Accounts;
using Decant.Server.Accounts.Oidc;
using Decant.Server.Billing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Decant.Server.About;

/// <summary><c>GET /api/v1/server</c>: what is on here, for a client to show no more than there is.</summary>
internal static class GetServer
{
    private static readonly string Version =
        typeof(GetServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "0";

    public static Ok<ServerView> Handle(
        Pricing pricing,
        IOptions<AccountOptions> accounts,
        IOptions<OidcOptions> oidc
    ) =>
        TypedResults.Ok(
            new ServerView(
                "Decant",
                Version,
                pricing.IsOn,
                accounts.Value.AllowSignUp,
                oidc.Value.Authority is null ? null : oidc.Value.Name
            )
        );
}

/// <summary>The server, as everybody may know it.</summary>
/// <param name="Product">Name of the program: <c>Decant</c>.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Billing">True where anything has a price here. Where not, every price and balance is 0 and nothing is refused for want of money.</param>
/// <param name="SignUp">True where strangers may make themselves an account.</param>
/// <param name="Oidc">Name of the OpenID Connect provider through which one may sign in, at <c>/api/v1/auth/oidc</c>; null where there is none.</param>
internal sealed record ServerView(string Product, string Version, bool Billing, bool SignUp, string? Oidc);
