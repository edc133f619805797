using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Decant.Server.OpenApi;

/// <summary>Tags (groups of operations) with their descriptions, in the order of learning.</summary>
internal sealed class Tags : IOpenApiDocumentTransformer
{
    private static readonly (string Name, string Description)[] InOrder =
    [
        ("Video", "Look a URL up, queue downloads, follow their jobs. Begin here: info, then download, then jobs."),
        ("Presets", "Choices of file under a name, for every client of an account."),
        ("Files", "Files that jobs have made, by the signed links that they show. No credential is needed."),
        ("Accounts", "Signing in, signing up, and one's own account."),
        ("API keys", "Credentials for programs: each with its scopes, revoked at once."),
        ("Credits", "The purse that tokens pay from."),
        ("API wallet", "The purse that keys pay from, prices and estimates."),
        ("Webhooks", "Be told when jobs end, instead of asking."),
        (
            "Administration",
            "Accounts of others, their purses, the audit trail, the extractor and the settings; for administrators."
        ),
        ("Health", "Health and metrics, for whatever watches the server."),
        ("Video, older paths", "The same operations under the paths of the older document."),
    ];

    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Tags = new SortedSet<OpenApiTag>(
            InOrder.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }),
            Comparer<OpenApiTag>.Create((one, other) => PlaceOf(one).CompareTo(PlaceOf(other)))
        );
        return Task.CompletedTask;
    }

    private static int PlaceOf(OpenApiTag tag) => Array.FindIndex(InOrder, known => known.Name == tag.Name);
}
