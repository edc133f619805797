using Decant.Engine.Sources;

namespace Decant.Engine.Planning;

/// <summary>Width and height as they are shown.</summary>
internal readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>Number that "720p" names: the shorter side, which is the height, or the width of a vertical picture.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The short side of a format, as far as the site says it.</summary>
    public static int? ShortSideOf(SourceFormat format) =>
        (format.Width, format.Height) switch
        {
            ({ } width and > 0, { } height and > 0) => Math.Min(width, height),
            (_, { } height and > 0) => height,
            _ => null,
        };

    /// <summary>Scales to a shorter side, keeping the shape; both sides are even, as 4:2:0 pictures need, and never larger than before.</summary>
    public PictureSize Within(int shortSide)
    {
        var factor = Math.Min(1.0, (double)shortSide / ShortSide);
        return new(Even(Width, factor), Even(Height, factor));
    }

    /// <summary>The nearest even number, but never past the side it had.</summary>
    private static int Even(int side, double factor) =>
        Math.Max(2, Math.Min(side & ~1, (int)Math.Round(side * factor / 2, MidpointRounding.AwayFromZero) * 2));
}
