using Microsoft.AspNetCore.Http.Features;

namespace Decant.Lab.Serving;

/// <summary>How a request came in, kept because routing works on the name of the site and not on what the client wrote.</summary>
/// <param name="Base">Scheme and authority as the client wrote them; absolute links in answers begin with it.</param>
internal sealed record Arrival(Uri Base, bool ThroughProxy);

internal static class ArrivalOfRequest
{
    public static Arrival Arrival(this HttpContext context) => context.Features.GetRequiredFeature<Arrival>();

    /// <summary>An absolute link to a path of the site that is being asked.</summary>
    public static string Link(this HttpContext context, string path) =>
        context.Arrival().Base.GetLeftPart(UriPartial.Authority) + path;
}
