using System.Text.Json.Serialization;

namespace Decant.Lab.Media;

/// <summary>A file of the catalogue as ffprobe and SHA-256 saw it after it was made. For a manifest, the entry file of its directory.</summary>
/// <param name="Name">The catalogue's name, which is also the first part of its URL: <c>/media/{Name}</c>.</param>
/// <param name="UrlPath">Path on the origin, such as <c>/media/small.mp4</c> or <c>/media/hls-ts/master.m3u8</c>.</param>
/// <param name="Sha256">Lower-case hex of the file itself.</param>
/// <param name="Duration">Seconds, as measured; null for a picture.</param>
/// <param name="VideoCodec">ffmpeg's name, such as <c>h264</c>.</param>
public sealed record MediaFile(
    string Name,
    string UrlPath,
    long Length,
    string Sha256,
    double? Duration,
    string? VideoCodec,
    string? AudioCodec,
    int? Width,
    int? Height
)
{
    /// <summary>Where the file lies on this machine.</summary>
    [JsonIgnore]
    public string Path { get; init; } = "";
}
