using System.Globalization;
using Decant.Server.Accounts;
using Decant.Server.Hosting;
using Decant.Server.Idempotency;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says of every operation who may call it and how often, in sentences after its own.</summary>
internal sealed class Descriptions(IOptions<RateLimitOptions> limits) : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        operation.Description = string.Join(
            ' ',
            Sentences(operation, context).Where(sentence => !string.IsNullOrEmpty(sentence))
        );
        return Task.CompletedTask;
    }

    private IEnumerable<string?> Sentences(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<OlderPath>().Any())
        {
            yield return $"The older document's path; the present one is `{VideoRoutes.PresentPathOf("/" + context.Description.RelativePath)}`.";
        }

        yield return operation.Description;
        yield return metadata.OfType<RequiredScope>().LastOrDefault() is { } required
            ? $"For credentials with the scope `{required.Name}`."
        : metadata.OfType<AcceptedScope>().LastOrDefault() is { } accepted
            ? $"For everybody; more for credentials with the scope `{accepted.Name}`."
        : "For everybody: no credential is needed.";
        if (
            metadata.OfType<RateLimitMetadata>().LastOrDefault() is { } limited
            && limits.Value.Of(limited.Limit) is > 0 and var most
        )
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{most} calls a minute are allowed, counted as `{limited.Limit.WireName()}`."
            );
        }

        if (metadata.OfType<IdempotencyMetadata>().Any())
        {
            yield return "The same `Idempotency-Key` with the same body answers with the first call's answer.";
        }
    }
}
