using System.Buffers.Text;
using System.Text;

namespace Decant.Engine.Tests.Fetching.Dash;

/// <summary>Writes DASH manifests over the lab's <c>dash-numbers</c>: twelve seconds, picture and sound apart, in segments of two.</summary>
internal static class Mpd
{
    public const string Static = """type="static" mediaPresentationDuration="PT12S" """;
    public const string Names =
        """initialization="init-stream$RepresentationID$.m4s" media="chunk-stream$RepresentationID$-$Number%05d$.m4s" """;
    public const string Template = $"""<SegmentTemplate timescale="1" duration="2" {Names}/>""";
    private const string Home = "<BaseURL>/media/dash-numbers/</BaseURL>";

    public static string Of(string periods, string attributes = Static, string home = Home) =>
        $"""<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{home}{periods}</MPD>""";

    public static string Period(string sets, string attributes = "") => $"<Period {attributes}>{sets}</Period>";

    public static string Video(
        string within = Template,
        string id = "0",
        string set = "",
        string size = """width="640" height="360" """
    ) =>
        $"""<AdaptationSet mimeType="video/mp4">{set}<Representation id="{id}" codecs="avc1.42c01e" bandwidth="400000" {size}>{within}</Representation></AdaptationSet>""";

    public static string Audio(
        string within = Template,
        string id = "1",
        string set = "",
        string language = "en",
        int bandwidth = 127000
    ) =>
        $"""<AdaptationSet mimeType="audio/mp4" lang="{language}">{set}<Representation id="{id}" codecs="mp4a.40.2" bandwidth="{bandwidth}" audioSamplingRate="48000">{within}</Representation></AdaptationSet>""";

    /// <summary>Of whole seconds.</summary>
    public static string Timeline(string runs) =>
        $"""<SegmentTemplate timescale="1" {Names}><SegmentTimeline>{runs}</SegmentTimeline></SegmentTemplate>""";

    /// <summary>Where the lab serves a manifest.</summary>
    public static string PathOf(string manifest) => PathOf(Encoding.UTF8.GetBytes(manifest));

    public static string PathOf(byte[] manifest) => $"written/{Base64Url.EncodeToString(manifest)}/manifest.mpd";
}
