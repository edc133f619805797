using System.Globalization;
using Decant.Engine.Errors;
using Decant.Server.Accounts;
using Decant.Server.Errors;
using Decant.Server.Idempotency;
using Decant.Server.RateLimits;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Says of every endpoint how it refuses: always the same way.</summary>
internal sealed class Refusals : IOpenApiOperationTransformer
{
    /// <summary>Parameters of links that a browser follows. None is refused for itself: a changed link is another, or a bad one.</summary>
    private static readonly HashSet<string> OfLinks = ["back", "expires", "inline", "signature", "token"];

    public async Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        // The figures that apply.
        problem.AdditionalProperties = new OpenApiSchema { Description = "A figure that applies to this refusal." };
        context.Document?.AddComponent(nameof(Problem), problem);
        operation.Responses ??= [];
        foreach (var refusals in Known(context).GroupBy(error => error.Status))
        {
            operation.Responses.TryAdd(
                refusals.Key.ToString(CultureInfo.InvariantCulture),
                Answer(string.Join("; ", refusals.Select(error => $"`{error.Code}`: {error.Title}")), context, refusals)
            );
        }

        operation.Responses["default"] = Answer(
            "Any other refusal, with a stable code and the figures that apply.",
            context
        );
    }

    /// <summary>Error answers of an endpoint: those it names, and those that follow from its request body, credential and rate limit.</summary>
    private static IEnumerable<ApiError> Known(OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        List<ApiError> known = [.. metadata.OfType<RefusalMetadata>().SelectMany(refusal => refusal.Errors)];
        var parameters = context.Description.ParameterDescriptions;
        if (parameters.Any(parameter => parameter.Source == BindingSource.Path))
        {
            known.AddRange([ApiError.NotFound, MediaError.Overloaded.ToApiError()]);
        }

        if (parameters.Any(parameter => parameter.Source == BindingSource.Query && !OfLinks.Contains(parameter.Name)))
        {
            known.Add(ApiError.InvalidRequest);
        }

        if (metadata.OfType<IAcceptsMetadata>().Any())
        {
            known.AddRange([ApiError.InvalidRequest, ApiError.TooLarge]);
        }

        if (metadata.OfType<IdempotencyMetadata>().Any())
        {
            known.AddRange([ApiError.InvalidRequest, ApiError.IdempotencyConflict, ApiError.IdempotencyInProgress]);
        }

        if (metadata.Any(one => one is RequiredScope or AcceptedScope))
        {
            known.AddRange([
                ApiError.Unauthenticated,
                ApiError.KeyRevoked,
                ApiError.Forbidden,
                ApiError.RateLimited,
                ApiError.IssuerUnreachable,
                MediaError.Overloaded.ToApiError(),
            ]);
        }

        if (metadata.OfType<RateLimitMetadata>().Any())
        {
            // Counted in the database, as is what follows.
            known.AddRange([ApiError.RateLimited, MediaError.Overloaded.ToApiError()]);
        }

        // A body and a medium that are too large have one code, and two titles.
        return known.DistinctBy(error => (error.Code, error.Title));
    }

    private static OpenApiResponse Answer(
        string description,
        OpenApiOperationTransformerContext context,
        IEnumerable<ApiError>? errors = null
    ) =>
        new()
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem.MediaType] = new()
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), context.Document),
                    Examples = errors is null ? null : ExamplesOf(errors, context),
                },
            },
        };

    /// <summary>Examples by reference: each stands in the document once, and at a hundred operations.</summary>
    private static Dictionary<string, IOpenApiExample> ExamplesOf(
        IEnumerable<ApiError> errors,
        OpenApiOperationTransformerContext context
    )
    {
        var examples = new Dictionary<string, IOpenApiExample>();
        foreach (var error in errors)
        {
            foreach (var (name, example) in RefusalExamples.Of(error, context.Description))
            {
                context.Document?.AddComponent(name, example);
                var reference = new OpenApiExampleReference(name, context.Document);
                // The usual one has the code's own name.
                if (!examples.TryAdd(error.Code, reference))
                {
                    examples[name] = reference;
                }
            }
        }

        return examples;
    }
}
