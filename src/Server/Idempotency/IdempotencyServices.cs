using Decant.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Decant.Server.Idempotency;

internal static class IdempotencyServices
{
    public static void AddIdempotency(this WebApplicationBuilder builder)
    {
        builder.AddSettings<IdempotencyOptions>("Idempotency");
        builder.Services.AddSingleton<IdempotencyRecords>();
        builder.Services.AddSingleton<IdempotentAnswers>();
        builder.Services.AddHostedService<IdempotencyJanitor>();
    }

    /// <summary>
    /// Lets clients name a request of this endpoint with <c>Idempotency-Key</c>. For endpoints that require a caller and
    /// answer with 200. What happens in a transaction keeps its answer there too: <see cref="IdempotentRequest.KeepAsync{TAnswer}"/>.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operation">Name of the operation, equal under both path families.</param>
    public static RouteHandlerBuilder AcceptIdempotencyKey(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint
            .WithMetadata(new IdempotencyMetadata())
            .AddEndpointFilter(
                (invocation, next) =>
                    invocation
                        .HttpContext.RequestServices.GetRequiredService<IdempotentAnswers>()
                        .AnswerAsync(operation, invocation, next)
            );
}

/// <summary>Marks an endpoint that takes <c>Idempotency-Key</c>.</summary>
internal sealed record IdempotencyMetadata;
