using Decant.Engine.Extracting;

namespace Decant.Engine.Planning;

/// <summary>Width and height as they are shown.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>What "720p" counts: the height, or the width of a vertical picture.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The short side of a format, as far as the site says it.</summary>
    public static int? ShortSideOf(SourceFormat format) =>
        (format.Width, format.Height) switch
        {
            ({ } width and > 0, { } height and > 0) => Math.Min(width, height),
            (_, { } height and > 0) => height,
            _ => null,
        };

    /// <summary>The same shape with this short side, both sides even as 4:2:0 pictures want them. Never larger.</summary>
    public PictureSize Within(int shortSide)
    {
        var factor = Math.Min(1.0, (double)shortSide / ShortSide);
        return new(Even(Width * factor), Even(Height * factor));
    }

    // Rounded to the nearest even number, but never past the side it had.
    private static int Even(double side) =>
        Math.Max(2, (int)Math.Min(Math.Round(side / 2) * 2, Math.Floor(side / 2 + 0.5) * 2));
}
