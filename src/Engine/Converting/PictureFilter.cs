using System.Globalization;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>ffmpeg's filters for what a plan does to a picture.</summary>
internal static class PictureFilter
{
    /// <returns>Empty where the picture goes to the encoder as it is.</returns>
    public static string Of(EncodeVideo video) =>
        string.Join(',', [.. Scale(video.Size), .. ToneMap(video.ToneMappedFrom)]);

    private static string[] Scale(PictureSize? size) =>
        size is { } to ? [string.Create(CultureInfo.InvariantCulture, $"scale={to.Width}:{to.Height}")] : [];

    /// <summary>
    /// In linear light, as ffmpeg's documentation of <c>tonemap</c> has it; Hable's curve keeps detail in the dark and in the
    /// bright. What the frames say of themselves is often less than what the file says, hence the input's colours are named.
    /// </summary>
    private static string[] ToneMap(string? transfer) =>
        transfer is null
            ? []
            :
            [
                $"zscale=pin=bt2020:tin={transfer}:min=bt2020nc:t=linear:npl=100",
                "format=gbrpf32le",
                "zscale=p=bt709",
                "tonemap=hable:desat=0",
                "zscale=t=bt709:m=bt709:r=tv",
                "format=yuv420p",
            ];
}
