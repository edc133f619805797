using Decant.Lab.Serving;

namespace Decant.Lab.Internal;

/// <summary>Every path of the internal service answers with the secret.</summary>
internal sealed class InternalSite(InternalService service) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Internal;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.Map("/{**path}", () => TypedResults.Text(service.Reveal(), "application/json"));
}
