using Decant.Lab.Serving;

namespace Decant.Lab.Origin;

/// <summary><c>/redirect/3?to=URL</c>: three hops, the last one to the URL (a path of the origin or absolute).</summary>
internal sealed class Redirects : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            "/redirect/{hops:int}",
            [HttpMethods.Get, HttpMethods.Head],
            (int hops, string? to) =>
            {
                var target = to ?? "/media/small.mp4";
                return TypedResults.Redirect(
                    hops > 1 ? $"/redirect/{hops - 1}?to={Uri.EscapeDataString(target)}" : target
                );
            }
        );
}
