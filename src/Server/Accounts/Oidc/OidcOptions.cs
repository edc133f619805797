using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Accounts.Oidc;

/// <summary>Settings under <c>Oidc</c>: sign-in to the page through an OpenID Connect provider, at which <c>/api/v1/auth/oidc/callback</c> is this server's redirect address.</summary>
internal sealed class OidcOptions : IValidatableObject
{
    /// <summary>The provider, such as <c>https://login.example.org/realms/main</c>; null is no such sign-in.</summary>
    public Uri? Authority { get; init; }

    /// <summary>Client id of this server at the provider.</summary>
    public string? ClientId { get; init; }

    /// <summary>Client secret; null for a public client, which PKCE alone protects.</summary>
    [Secret]
    public string? ClientSecret { get; init; }

    /// <summary>Name on the sign-in button.</summary>
    public string Name { get; init; } = "OpenID Connect";

    /// <summary>Scopes that are asked for, separated by spaces.</summary>
    public string Scopes { get; init; } = "openid profile email";

    /// <summary>Claim that says who is an administrator, such as <c>roles</c> or <c>groups</c>; null leaves roles as they are here.</summary>
    public string? RoleClaim { get; init; }

    /// <summary>Value of <see cref="RoleClaim"/> that makes an administrator; whoever signs in without it is a user from then on.</summary>
    public string? AdministratorRole { get; init; }

    /// <summary>Account linking: a first sign-in gets the account that has its verified e-mail address already. Only where the addresses of accounts can be trusted: not with open sign-up.</summary>
    public bool LinkByEmail { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null)
        {
            yield break;
        }

        if (JwtOptions.FaultOf(Authority) is { } fault)
        {
            yield return new(fault, [nameof(Authority)]);
        }

        if (string.IsNullOrEmpty(ClientId))
        {
            yield return new("the provider knows this server by a client id; give it.", [nameof(ClientId)]);
        }

        if (string.IsNullOrEmpty(RoleClaim) != string.IsNullOrEmpty(AdministratorRole))
        {
            yield return new(
                "a claim and its value say together who is an administrator; set both, or neither.",
                [string.IsNullOrEmpty(RoleClaim) ? nameof(RoleClaim) : nameof(AdministratorRole)]
            );
        }
    }
}
