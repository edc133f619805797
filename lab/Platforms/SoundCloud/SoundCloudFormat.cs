using Decant.Lab.Media;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>A transcoding of a track.</summary>
/// <param name="Rendition">Clip of the catalogue.</param>
/// <param name="File">Name by which the CDN calls it, behind the track's number.</param>
internal sealed record SoundCloudFormat(string Preset, string Protocol, string MimeType, string Rendition, string File)
{
    private static readonly SoundCloudFormat[] Plain =
    [
        new("aac_160k", "hls", "audio/mp4; codecs=\"mp4a.40.2\"", "audio.m4a", "160.m4a"),
        new("mp3_1_0", "hls", "audio/mpeg", "music.mp3", "128.mp3"),
        new("mp3_1_0", "progressive", "audio/mpeg", "music.mp3", "128.mp3"),
        new("opus_0_0", "hls", "audio/ogg; codecs=\"opus\"", "audio.opus", "64.opus"),
    ];

    /// <summary>What only players with the keys of a rights holder can read.</summary>
    private static readonly SoundCloudFormat[] Encrypted =
    [
        .. new[] { "ctr-encrypted-hls", "cbc-encrypted-hls" }.Select(protocol => Plain[0] with { Protocol = protocol }),
    ];

    public bool IsHls => Protocol == "hls";

    public static IEnumerable<SoundCloudFormat> Of(SoundCloudTrack track) =>
        track.Standing switch
        {
            TrackStanding.Blocked => [],
            TrackStanding.Drm => Encrypted,
            _ => Plain,
        };

    public static SoundCloudFormat? Find(string preset, string protocol) =>
        Array.Find(Plain, format => format.Preset == preset && format.Protocol == protocol);

    public static SoundCloudFormat? FindFile(string file) => Array.Find(Plain, format => format.File == file);

    public string ClipOf(SoundCloudTrack track) => ClipRecipes.Name(track.Seconds, Rendition);
}
