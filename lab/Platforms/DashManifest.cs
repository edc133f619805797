using System.Globalization;
using System.Xml.Linq;
using Decant.Lab.Media;

namespace Decant.Lab.Platforms;

/// <summary>A DASH manifest over whole files with an index in front, as sites write it into their pages.</summary>
internal static class DashManifest
{
    private static readonly XNamespace Mpd = "urn:mpeg:dash:schema:mpd:2011";

    /// <param name="seconds">Length of the presentation.</param>
    /// <param name="files">The renditions and where each is fetched.</param>
    public static string Of(int seconds, IEnumerable<(MediaFile File, string Url)> files)
    {
        var period = new XElement(
            Mpd + "Period",
            files
                .GroupBy(one => (one.File.VideoCodec, one.File.AudioCodec))
                .Select(
                    (set, index) =>
                        new XElement(
                            Mpd + "AdaptationSet",
                            new XAttribute("id", index),
                            new XAttribute("segmentAlignment", "true"),
                            set.Select(one => Representation(one.File, one.Url))
                        )
                )
        );
        return new XElement(
            Mpd + "MPD",
            new XAttribute("type", "static"),
            new XAttribute("profiles", "urn:mpeg:dash:profile:isoff-on-demand:2011"),
            new XAttribute("mediaPresentationDuration", $"PT{seconds}S"),
            period
        ).ToString(SaveOptions.DisableFormatting);
    }

    private static XElement Representation(MediaFile file, string url)
    {
        var isVideo = file.VideoCodec is not null;
        return new XElement(
            Mpd + "Representation",
            new XAttribute("id", Path.GetFileNameWithoutExtension(file.Name)),
            new XAttribute("mimeType", isVideo ? "video/mp4" : "audio/mp4"),
            new XAttribute("codecs", CodecsOf(file)),
            new XAttribute(
                "bandwidth",
                ((long)(file.Length * 8 / file.Duration!.Value)).ToString(CultureInfo.InvariantCulture)
            ),
            isVideo ? new XAttribute("width", file.Width!) : null,
            isVideo ? new XAttribute("height", file.Height!) : null,
            isVideo ? new XAttribute("frameRate", 25) : null,
            isVideo ? null : new XAttribute("audioSamplingRate", 48000),
            new XElement(Mpd + "BaseURL", url)
        );
    }

    private static string CodecsOf(MediaFile file) =>
        (file.VideoCodec, file.AudioCodec) switch
        {
            ("h264", _) => "avc1.42c01f",
            ("vp9", _) => "vp09.00.31.08",
            (null, "aac") => "mp4a.40.2",
            _ => throw new NotSupportedException($"No name is known here for the codecs of {file.Name}."),
        };
}
