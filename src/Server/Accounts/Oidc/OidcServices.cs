using Decant.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Decant.Server.Accounts.Oidc;

/// <summary>Sign-in through an OpenID Connect provider: the framework's handler (code flow with PKCE), with a session of ours as its result.</summary>
internal static class OidcServices
{
    public const string Scheme = "oidc";
    public const string CallbackPath = "/api/v1/auth/oidc/callback";

    public static void AddOidc(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<OidcOptions>("Oidc");
        if (string.IsNullOrEmpty(builder.Configuration["Oidc:Authority"]))
        {
            return;
        }

        services.AddSingleton(provider => new Issuer(
            provider.GetRequiredService<IOptions<OidcOptions>>().Value.Authority!,
            provider.GetRequiredService<IOptions<EgressSettings>>().Value.ToOptions()
        ));
        services.AddScoped<OidcSignIn>();
        // The whole set, for what the handler needs of it: the encryption of its state, and settings of schemes.
        services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
        services
            .AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<IOptions<OidcOptions>, Issuer>(
                (oidc, options, issuer) => Configure(oidc, options.Value, issuer)
            );
    }

    private static void Configure(OpenIdConnectOptions oidc, OidcOptions options, Issuer issuer)
    {
        oidc.Authority = options.Authority!.AbsoluteUri;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;
        oidc.ConfigurationManager = issuer.Configuration;
        oidc.Backchannel = issuer.Http;
        oidc.RequireHttpsMetadata = !options.Authority.IsLoopback;
        oidc.CallbackPath = CallbackPath;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // In the address: a form that the provider's page posts here would need cookies that every site's pages can send.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.DisableTelemetry = true;
        oidc.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            oidc.Scope.Add(scope);
        }

        oidc.ClaimActions.Clear();
        foreach (var claim in (string?[])["email", "email_verified", "name", options.RoleClaim])
        {
            if (claim is not null)
            {
                oidc.ClaimActions.MapJsonKey(claim, claim);
            }
        }

        foreach (var cookie in (CookieBuilder[])[oidc.NonceCookie, oidc.CorrelationCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        oidc.EventsType = typeof(OidcSignIn);
    }
}
