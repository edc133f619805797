using Decant.Server.Accounts.Audit;
using Decant.Server.Accounts.Browser;
using Decant.Server.Accounts.Confirming;
using Decant.Server.Accounts.External;
using Decant.Server.Accounts.Keys;
using Decant.Server.Accounts.Oidc;
using Decant.Server.Accounts.Opening;
using Decant.Server.Accounts.Tokens;
using Decant.Server.Accounts.Trusted;
using Decant.Server.Accounts.Watching;
using Decant.Server.Data;
using Decant.Server.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;

namespace Decant.Server.Accounts;

internal static class AccountServices
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<AccountOptions>("Accounts");
        builder.AddSettings<JwtOptions>("Jwt");
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstAdministrator>());
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddHostedService<AccountJanitor>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AccountOpening>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Passwords.Iterations);
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordProof>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Sessions>();
        services.AddScoped<PasswordSignIn>();
        services.AddSingleton<SignInLinks>();
        services.AddHttpContextAccessor();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<ExternalTokens>();
        services.AddSingleton<ExternalAccounts>();
        services.AddScoped<KeyCheck>();
        services.AddScoped<TokenCheck>();
        services.AddScoped<CookieCheck>();
        services.AddSingleton<TrustedNetworks>();
        services.AddHostedService<TrustedNetworksStep>();
        services.AddScoped<NetworkCheck>();
        services.AddScoped<CredentialCheck>();
        services.AddSingleton<CredentialChanges>();
        services.AddSingleton<INodeListener>(provider => provider.GetRequiredService<CredentialChanges>());
        services.AddSingleton<CredentialFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<CredentialFeed>());
        // The core alone: the whole set starts a ring of encryption keys in the home directory, for cookies we do not have.
        services.AddAuthenticationCore(options => options.DefaultScheme = CredentialAuthentication.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, CredentialAuthentication>(
            CredentialAuthentication.SchemeName,
            null
        );
        // It says "challenged" of every call without a credential.
        builder.Logging.AddFilter(typeof(CredentialAuthentication).FullName, LogLevel.Warning);
        builder.AddOidc();
        builder.AddConfirming();
        services.AddAuthorization();
    }

    /// <summary>Establishes the caller, where the credential is good.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(
            async (context, next) =>
            {
                using var about = context.TryGetCaller() is { } caller
                    ? app.Logger.BeginScope(new Dictionary<string, object?> { ["AccountId"] = caller.AccountId })
                    : null;
                await next(context);
            }
        );
    }
}
