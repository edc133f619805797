using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>Hands out master playlists to whoever brings a good token, and says why not in JSON.</summary>
internal sealed class TwitchUsher(SignedLinks signed) : ISite
{
    private const string Playlist = "application/vnd.apple.mpegurl";
    private const string VideoCdn = "https://d1labdecant00.cloudfront.net";
    private const string LiveCdn = "https://video-weaver.lab01.hls.ttvnw.net";

    private readonly TwitchTokens _tokens = new(signed);

    public IReadOnlyList<string> Hosts => ["usher.ttvnw.net"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vod/{id}.m3u8", Video);
        routes.MapGet("/api/channel/hls/{name}.m3u8", Channel);
    }

    private ContentHttpResult Video(string id, string? sig, string? token)
    {
        var at = $"{VideoCdn}/deca1ab0_{TwitchChannel.Login}_{id}";
        return !_tokens.IsGood(id, token, sig)
            ? Refused("nauth_token_expired", "The token has expired")
            : TwitchVideo.Find(id).Standing switch
            {
                TwitchStanding.SubscribersOnly => Refused("vod_manifest_restricted", "Manifest is restricted"),
                TwitchStanding.Blocked => Refused("content_geoblocked", "Content is not available in this region"),
                _ => TypedResults.Text(
                    $"""
                    #EXTM3U
                    #EXT-X-TWITCH-INFO:ORIGIN="s3",B="false",REGION="EU",CLUSTER="cloudfront_vod"
                    #EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="chunked",NAME="720p",AUTOSELECT=NO,DEFAULT=NO
                    #EXT-X-STREAM-INF:BANDWIDTH=1700000,CODECS="avc1.42C01F,mp4a.40.2",RESOLUTION=1280x720,VIDEO="chunked",FRAME-RATE=25.000
                    {at}/chunked/index-dvr.m3u8
                    #EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="360p30",NAME="360p",AUTOSELECT=YES,DEFAULT=YES
                    #EXT-X-STREAM-INF:BANDWIDTH=600000,CODECS="avc1.42C01E,mp4a.40.2",RESOLUTION=640x360,VIDEO="360p30",FRAME-RATE=25.000
                    {at}/360p30/index-dvr.m3u8
                    #EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="audio_only",NAME="Audio Only",AUTOSELECT=NO,DEFAULT=NO
                    #EXT-X-STREAM-INF:BANDWIDTH=140000,CODECS="mp4a.40.2",VIDEO="audio_only"
                    {at}/audio_only/index-dvr.m3u8

                    """,
                    Playlist
                ),
            };
    }

    private IResult Channel(string name, string? sig, string? token) =>
        !_tokens.IsGood(name, token, sig) ? Refused("nauth_token_expired", "The token has expired")
        : TwitchChannel.Find(name) is not { IsOnAir: true } channel ? TypedResults.NotFound()
        : channel.IsForSubscribers ? Refused("unauthorized_entitlements", "Subscribers only")
        : TypedResults.Text(
            $"""
            #EXTM3U
            #EXT-X-TWITCH-INFO:NODE="video-edge-lab",SERVING-ID="deca1ab0",CLUSTER="lab01",ABS="false",STREAM-TIME="600"
            #EXT-X-MEDIA:TYPE=VIDEO,GROUP-ID="chunked",NAME="240p (source)",AUTOSELECT=YES,DEFAULT=YES
            #EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=426x240,CODECS="avc1.42C015,mp4a.40.2",VIDEO="chunked",FRAME-RATE=25.000
            {LiveCdn}/v1/playlist/{name}.m3u8

            """,
            Playlist
        );

    private static ContentHttpResult Refused(string code, string error) =>
        JsonAnswer.Of(
            new[]
            {
                new
                {
                    type = "error",
                    error,
                    error_code = code,
                },
            },
            StatusCodes.Status403Forbidden
        );
}
