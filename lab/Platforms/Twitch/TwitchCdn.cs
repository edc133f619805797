using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.Twitch;

/// <summary>Where the bytes are: segments of past broadcasts, of what is on air, clips (with a token), and pictures.</summary>
internal sealed class TwitchCdn(MediaCatalogue catalogue, SignedLinks signed, LiveStreams streams) : ISite
{
    private readonly TwitchTokens _tokens = new(signed);

    /// <summary>Twitch's names for renditions, and the lab's directories of them.</summary>
    private static readonly Dictionary<string, (string Medium, string Directory)> Renditions = new(
        StringComparer.Ordinal
    )
    {
        ["chunked"] = ("hls-ts", "720p"),
        ["360p30"] = ("hls-ts", "360p"),
        ["audio_only"] = ("hls-fmp4", "sound"),
    };

    public IReadOnlyList<string> Hosts =>
        [
            "d1labdecant00.cloudfront.net",
            "video-weaver.lab01.hls.ttvnw.net",
            "production.assets.clips.twitchcdn.net",
            "static-cdn.jtvnw.net",
        ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/deca1ab0_{name}_{id}/{rendition}/{file}",
            (string rendition, string file, CancellationToken stop) =>
                ServeAsync(rendition, file == "index-dvr.m3u8" ? "index.m3u8" : file, stop)
        );
        routes.MapGet(
            "/v1/playlist/{name}.m3u8",
            (string name) =>
                TypedResults.Text(
                    streams.Open(new TwitchChannel(name, name).Stream, null).Playlist(fromStart: false),
                    "application/vnd.apple.mpegurl"
                )
        );
        routes.MapGet(
            "/v1/playlist/{segment:int}.ts",
            async (int segment, CancellationToken stop) =>
                StoredFile.Serve((await catalogue.FindFileAsync("live-segments", LiveStream.FileOf(segment), stop))!)
        );
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/v2/media/{slug}/lab/{quality}.mp4", read, ClipAsync);
        routes
            .MapMethods(
                "/{**picture}",
                read,
                async (CancellationToken stop) =>
                    StoredFile.Serve((await catalogue.GetAsync(PictureRecipes.Name("1280x720", "jpg"), stop)).Path)
            )
            .RequireHost("static-cdn.jtvnw.net");
    }

    private async Task<IResult> ServeAsync(string rendition, string file, CancellationToken cancellationToken) =>
        Renditions.TryGetValue(rendition, out var of)
        && await catalogue.FindFileAsync(of.Medium, $"{of.Directory}/{file}", cancellationToken) is { } path
            ? StoredFile.Serve(path)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private async Task<IResult> ClipAsync(
        string slug,
        string quality,
        string? sig,
        string? token,
        CancellationToken cancellationToken
    ) =>
        TwitchClip.Find(slug) is { } clip && _tokens.IsGood(slug, token, sig)
            ? StoredFile.Serve((await catalogue.GetAsync(clip.ClipOf(quality), cancellationToken)).Path)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
}
