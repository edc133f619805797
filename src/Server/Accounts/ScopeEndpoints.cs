using Decant.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Accounts;

/// <summary>Marks an endpoint with the scope that its caller must have.</summary>
/// <param name="Name">A scope of <see cref="Scopes.Known"/>.</param>
internal sealed record RequiredScope(string Name);

internal static class ScopeEndpoints
{
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
