using System.Globalization;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>Signed addresses on SoundCloud's CDN, in the manner of the one it rents.</summary>
internal sealed class SoundCloudLinks(SignedLinks signed)
{
    public string To(SoundCloudTrack track, SoundCloudFormat format)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{track.Id}.{format.File}");
        var (expires, signature) = signed.Sign(name, SignedLinks.Life);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"Policy={expires}&Signature={signature}&Key-Pair-Id=DECANTLAB"
        );
        var preview = track.Standing == TrackStanding.Preview ? "/preview/0/30" : "";
        return format.IsHls
            ? $"https://cf-hls-media.sndcdn.com/playlist{preview}/{name}/playlist.m3u8?{query}"
            : $"https://cf-media.sndcdn.com{preview}/{name}?{query}";
    }

    public bool IsGood(string name, IQueryCollection query) =>
        signed.IsGood(name, query["Policy"], query["Signature"]) && query["Key-Pair-Id"] == "DECANTLAB";
}
