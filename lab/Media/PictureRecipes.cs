namespace Decant.Lab.Media;

/// <summary>Thumbnails in the formats sites serve them in.</summary>
internal static class PictureRecipes
{
    /// <summary>The sizes of the thumbnails that YouTube keeps.</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["1280x720", "640x480", "480x360", "320x180", "120x90"];

    public static string Name(string size, string extension) => $"thumb-{size}.{extension}";

    public static IEnumerable<MediaRecipe> All() =>
        [
            .. Sizes.SelectMany(size => new[] { Still(size, "jpg"), Still(size, "webp") }),
            Still("1280x720", "png"),
            Still("1280x720", "gif"),
            Still("1280x720", "avif"),
            Still("720x1280", "jpg"),
            Still("720x1280", "webp"),
            // What music comes in.
            Still("640x640", "jpg"),
            HugePng.Recipe,
        ];

    private static MediaRecipe Still(string size, string extension) =>
        MediaRecipe.Ffmpeg(
            Name(size, extension),
            [],
            $"-f lavfi -i testsrc2=s={size}:r=1:d=1 -frames:v 1 -update 1 {{out}}"
        );
}
