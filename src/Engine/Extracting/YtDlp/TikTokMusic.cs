using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// The one TikTok format without a picture is the song that was laid under the video, not what is said in it. It stands for the
/// medium only where there is no video, as with a show of pictures.
/// </summary>
internal static class TikTokMusic
{
    private const string Id = "audio";

    public static IEnumerable<SourceFormat> LeftOut(IEnumerable<SourceFormat> formats, string? extractor)
    {
        var all = formats.ToList();
        return extractor == "TikTok" && all.Exists(format => format.MayHaveVideo)
            ? all.Where(format => format.Id != Id)
            : all;
    }
}
