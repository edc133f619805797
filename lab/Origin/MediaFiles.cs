using Decant.Lab.Media;
using Decant.Lab.Serving;

namespace Decant.Lab.Origin;

/// <summary>The catalogue over HTTP: <c>/media/small.mp4</c>, <c>/media/hls-ts/master.m3u8</c>; <c>/no-range/…</c> knows no ranges.</summary>
internal sealed class MediaFiles(MediaCatalogue catalogue) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods(
            "/media/{name}/{**rest}",
            read,
            (string name, string? rest, CancellationToken cancellationToken) =>
                ServeAsync(name, rest, ranges: true, cancellationToken)
        );
        routes.MapMethods(
            "/no-range/{name}/{**rest}",
            read,
            (string name, string? rest, CancellationToken cancellationToken) =>
                ServeAsync(name, rest, ranges: false, cancellationToken)
        );
    }

    private async Task<IResult> ServeAsync(
        string name,
        string? rest,
        bool ranges,
        CancellationToken cancellationToken
    ) =>
        await catalogue.FindFileAsync(name, rest ?? "", cancellationToken) is { } path
            ? StoredFile.Serve(path, ranges: ranges)
            : TypedResults.NotFound();
}
