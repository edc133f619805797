using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Decant.Server.Hosting;

/// <summary>The paths of the two documents: one set of handlers, mapped under both families.</summary>
internal static class VideoRoutes
{
    /// <summary>Tag of the older document's paths.</summary>
    public const string OlderTag = "Video, older paths";

    private const string Root = "/api/v1/video";
    private const string Present = Root + "/video-download";

    /// <summary>Group of the routes that both documents name alike: <c>info</c>, <c>download</c>, <c>public/…</c>, <c>thumbnail</c>.</summary>
    public static RouteGroupBuilder Video(this IEndpointRouteBuilder app) => app.MapGroup(Root).WithTags("Video");

    /// <summary>
    /// For what the newer document puts under <c>video-download/</c> and the older one does not: <c>bulk-download</c>,
    /// <c>jobs</c>, <c>stats</c>, <c>formats</c>. Map everything on each of them.
    /// </summary>
    public static IEnumerable<RouteGroupBuilder> VideoFamilies(this IEndpointRouteBuilder app) =>
        [app.MapGroup(Present).WithTags("Video"), app.MapGroup(Root).WithTags(OlderTag).WithMetadata(new OlderPath())];

    /// <param name="path">A path of the older document.</param>
    /// <returns>The same operation's path in the newer one.</returns>
    public static string PresentPathOf(PathString path) => Present + path.Value![Root.Length..];
}
