using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Meta;

/// <summary>The CDN of Instagram and Facebook: a link that was changed or has expired gets 403.</summary>
internal sealed class MetaCdn(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private readonly MetaLinks _links = new(signed, catalogue);

    public IReadOnlyList<string> Hosts => ["*.cdninstagram.com", "*.fbcdn.net"];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/o1/v/t2/f2/m69/{name}", read, ServeAsync);
        routes.MapMethods("/v/t51.2885-15/{name}", read, ServeAsync);
    }

    private async Task<IResult> ServeAsync(string name, string? oe, string? oh, CancellationToken cancellationToken) =>
        _links.IsGood(name, oe, oh)
            ? StoredFile.Serve((await catalogue.GetAsync(name, cancellationToken)).Path)
            : TypedResults.Text("URL signature expired", statusCode: StatusCodes.Status403Forbidden);
}
