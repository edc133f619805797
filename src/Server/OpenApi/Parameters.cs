using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Parameters in the wire's words, with what the framework cannot see: it finds texts where we read numbers, dates and names.</summary>
internal sealed class Parameters : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, (string Description, Func<OpenApiSchema>? Schema)> Known = new()
    {
        ["X-Access-Token"] = (
            "The `access_token` that the job's creation answered with, where no address is to have it; it wins over `token`.",
            null
        ),
        ["id"] = (
            "Number of the job, key, endpoint or other thing, as its creation and the lists show it; a batch has a UUID.",
            null
        ),
        ["name"] = ("The file's name, as the link has it: such as `video_42.mp4`.", null),
        ["expires"] = ("End of the link, in seconds since 1970. Signed, as the link has it.", null),
        ["signature"] = ("Signature of the link, as the link has it.", null),
        ["url"] = ("Address of the page or of the medium.", null),
        ["language"] = (
            "Language of the text (BCP 47), such as `en` or `pt-BR`; people's own subtitles before automatic ones, and the original before translations, where nothing is said.",
            null
        ),
        ["limit"] = ("Number of rows to show, 1 to 200; 50 where nothing is said.", () => Number(1, 200)),
        ["page"] = (
            "Number of the page, from 1, in place of `skip`; `total` then counts `logs`.",
            () => Number(1, 1_000_000)
        ),
        ["skip"] = (
            "Number of rows to leave out at the beginning; 0 where nothing is said.",
            () => Number(0, int.MaxValue)
        ),
        ["batch_id"] = ("The jobs of one batch: its UUID.", () => Text("uuid")),
        ["wait"] = (
            "Seconds to wait until the job changes, 0 to 60; 0 where nothing is said. With `If-None-Match`, until it is no more as the tag says.",
            () => Number(0, 60)
        ),
        ["job_id"] = ("Number of a job, for what belongs to it alone.", () => Number(1, null)),
        ["user_id"] = ("Number of an account, for what was done to it alone.", () => Number(1, null)),
        ["created_after"] = ("Earliest time of creation: `2026-01-31`, or `2026-01-31T12:00:00Z`.", null),
        ["created_before"] = ("Time before which it was created: `2026-01-31`, or `2026-01-31T12:00:00Z`.", null),
    };

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In == ParameterLocation.Query)
            {
                parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
            }

            if (FilterSets.Of("/" + context.Description.RelativePath, parameter.Name!) is { } set)
            {
                parameter.Schema = set;
            }

            if (Known.TryGetValue(parameter.Name!, out var known))
            {
                parameter.Description ??= known.Description;
                parameter.Schema = known.Schema?.Invoke() ?? parameter.Schema;
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Number(long least, long? most) =>
        new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = $"{least}",
            Maximum = most is { } value ? $"{value}" : null,
        };

    private static OpenApiSchema Text(string format) => new() { Type = JsonSchemaType.String, Format = format };
}
