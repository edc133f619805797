using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.YouTube;

/// <summary>Thumbnails as YouTube keeps them: each size under a name of its own, as JPEG and as WebP.</summary>
internal sealed class Thumbnails(MediaCatalogue catalogue) : ISite
{
    private static readonly Dictionary<string, string> Sizes = new(StringComparer.Ordinal)
    {
        ["maxresdefault"] = "1280x720",
        ["hq720"] = "1280x720",
        ["sddefault"] = "640x480",
        ["hqdefault"] = "480x360",
        ["0"] = "480x360",
        ["mqdefault"] = "320x180",
        ["default"] = "120x90",
    };

    public IReadOnlyList<string> Hosts => ["i.ytimg.com", "img.youtube.com"];

    public static IEnumerable<object> Listed(string id) =>
        Sizes
            .Where(size => size.Key is not ("hq720" or "0"))
            .Reverse()
            .Select(size => new
            {
                url = $"https://i.ytimg.com/vi_webp/{id}/{size.Key}.webp",
                width = int.Parse(size.Value.Split('x')[0]),
                height = int.Parse(size.Value.Split('x')[1]),
            });

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(
            "/vi/{id}/{name}.jpg",
            [HttpMethods.Get, HttpMethods.Head],
            (string name, CancellationToken cancellationToken) => ServeAsync(name, "jpg", cancellationToken)
        );
        routes.MapMethods(
            "/vi_webp/{id}/{name}.webp",
            [HttpMethods.Get, HttpMethods.Head],
            (string name, CancellationToken cancellationToken) => ServeAsync(name, "webp", cancellationToken)
        );
    }

    private async Task<IResult> ServeAsync(string name, string extension, CancellationToken cancellationToken)
    {
        if (!Sizes.TryGetValue(name.Replace("_live", "", StringComparison.Ordinal), out var size))
        {
            return TypedResults.NotFound();
        }

        var file = await catalogue.GetAsync(PictureRecipes.Name(size, extension), cancellationToken);
        return StoredFile.Serve(file.Path);
    }
}
