using Microsoft.AspNetCore.Builder;

namespace Decant.Server.Errors;

/// <summary>Error codes that an endpoint may answer with, for the OpenAPI document.</summary>
internal sealed record RefusalMetadata(IReadOnlyList<ApiError> Errors);

internal static class RefusalEndpoints
{
    /// <summary>Lists refusals of the endpoint's own. Those of credentials, scopes and limits follow from its asking for them.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ApiError[] errors)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RefusalMetadata(errors)));
        return builder;
    }
}
