using System.Buffers.Text;
using Decant.Lab.Serving;

namespace Decant.Lab.Origin;

/// <summary>
/// <c>/written/{text}/{name}</c>, a manifest whose text its address carries (base64url): any way of writing one, over segments of
/// <c>/media</c>.
/// </summary>
internal sealed class WrittenManifests : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/written/{text}/{name}",
            (string text, string name) =>
                Base64Url.IsValid(text)
                    ? Results.Bytes(Base64Url.DecodeFromChars(text), StoredFile.TypeOf(name))
                    : Results.BadRequest()
        );
}
