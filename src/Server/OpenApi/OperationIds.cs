using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Names every operation by its method and path, the two things about it that never change: <c>getVideoJobsById</c>.</summary>
internal sealed class OperationIds : IOpenApiOperationTransformer
{
    private const string Common = "api/v1/";
    private static readonly char[] Separators = ['/', '-', '_', '.'];

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var path = context.Description.RelativePath ?? "";
        var words = path.Replace(Common, "", StringComparison.Ordinal)
            .Replace("video/video-download", "video-download", StringComparison.Ordinal)
            .Replace("{", "by-", StringComparison.Ordinal)
            .Replace("}", "", StringComparison.Ordinal)
            .Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        operation.OperationId =
            context.Description.HttpMethod?.ToLowerInvariant()
            + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..].Split(':')[0]));
        return Task.CompletedTask;
    }
}
