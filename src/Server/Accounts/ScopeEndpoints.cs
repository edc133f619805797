using Decant.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>Marks an endpoint with the scope that its caller must have.</summary>
/// <param name="Name">A scope of <see cref="Scopes.Known"/>.</param>
internal sealed record RequiredScope(string Name);

/// <summary>Marks an endpoint that answers everybody, and more to a caller with this scope.</summary>
/// <param name="Name">A scope of <see cref="Scopes.Known"/>.</param>
internal sealed record AcceptedScope(string Name);

internal static class ScopeEndpoints
{
    /// <summary>Takes calls without a credential, and does more for a caller with this scope.</summary>
    public static TBuilder AcceptScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new AcceptedScope(scope)));
        return builder;
    }

    /// <summary>The caller, for the part of an endpoint that not everybody may have.</summary>
    /// <exception cref="ApiException">As any endpoint refuses that requires the scope.</exception>
    public static async Task<Caller> RequireCallerAsync(this HttpContext context, string scope)
    {
        if (context.TryGetCaller() is not { } caller)
        {
            throw (await context.AuthenticateAsync()).Failure as ApiException
                ?? new ApiException(
                    ApiError.Unauthenticated,
                    "This needs a credential: an API key in the header X-API-Key, or a token or a key as Authorization: Bearer."
                );
        }

        return caller.Has(scope) ? caller : throw Missing(caller, scope);
    }

    /// <summary>Wants a caller who has this scope. On an endpoint of a group it stands in place of the group's.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.RequireAuthorization();
        builder.Add(endpoint => endpoint.Metadata.Add(new RequiredScope(scope)));
        return builder;
    }

    /// <summary>Refuses calls without a caller where one is needed, and callers without the endpoint's scope. Comes after they were counted.</summary>
    public static void UseScopes(this IApplicationBuilder app)
    {
        app.UseAuthorization();
        app.Use(
            (context, next) =>
                context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { Name: var scope }
                && !context.GetCaller().Has(scope)
                    ? Problem.WriteAsync(context, Missing(context.GetCaller(), scope))
                    : next(context)
        );
    }

    public static ApiException Missing(Caller caller, string scope) =>
        new(
            ApiError.Forbidden,
            scope == Scopes.Admin && !caller.IsAdministrator
                ? "This is for administrators, with the scope 'admin'."
                : $"The credential lacks the scope '{scope}'. Use a key that has it."
        )
        {
            Figures = new Dictionary<string, object?> { ["required_scope"] = scope },
        };
}
