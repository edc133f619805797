using System.Globalization;
using System.Text;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Platforms.SoundCloud;

/// <summary>
/// The CDN: whole files, and HLS whose segments are ranges of those files named in their paths. A link that was changed or has expired gets 403.
/// </summary>
internal sealed class SoundCloudCdn(MediaCatalogue catalogue, SignedLinks signed) : ISite
{
    private const int SegmentBytes = 32_000;

    private readonly SoundCloudLinks _links = new(signed);

    public IReadOnlyList<string> Hosts => ["cf-media.sndcdn.com", "cf-hls-media.sndcdn.com", "i1.sndcdn.com"];

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] read = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/{name}.{rate}.{extension}", read, (Delegate)FileAsync).RequireHost("cf-media.sndcdn.com");
        routes.MapMethods("/preview/0/30/{name}.{rate}.{extension}", read, (Delegate)FileAsync);
        routes.MapGet("/playlist/{name}.{rate}.{extension}/playlist.m3u8", (Delegate)PlaylistAsync);
        routes.MapGet("/playlist/preview/0/30/{name}.{rate}.{extension}/playlist.m3u8", (Delegate)PlaylistAsync);
        routes.MapGet("/media/{from:long}/{to:long}/{name}.{rate}.{extension}", (Delegate)SegmentAsync);
        routes
            .MapMethods(
                "/{picture}.jpg",
                read,
                async (CancellationToken cancellationToken) =>
                    StoredFile.Serve(
                        (await catalogue.GetAsync(PictureRecipes.Name("640x640", "jpg"), cancellationToken)).Path
                    )
            )
            .RequireHost("i1.sndcdn.com");
    }

    private async Task<IResult> FileAsync(string name, string rate, string extension, HttpContext context) =>
        await FindAsync(name, rate, extension, context) is { } file
            ? StoredFile.Serve(file.Path)
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private async Task<IResult> SegmentAsync(
        long from,
        long to,
        string name,
        string rate,
        string extension,
        HttpContext context
    )
    {
        if (await FindAsync(name, rate, extension, context) is not { } file)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var bytes = await File.ReadAllBytesAsync(file.Path, context.RequestAborted);
        return TypedResults.Bytes(bytes.AsMemory((int)from, (int)(to - from + 1)), StoredFile.TypeOf(file.Path));
    }

    private async Task<IResult> PlaylistAsync(string name, string rate, string extension, HttpContext context)
    {
        if (await FindAsync(name, rate, extension, context) is not { } file)
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var cuts = extension == "m4a" ? await FragmentsAsync(file.Path, context.RequestAborted) : Slices(file.Length);
        var query = context.Request.QueryString;
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-TARGETDURATION:20\n");
        var isHead = extension == "m4a";
        var seconds = file.Duration!.Value / (cuts.Count - (isHead ? 1 : 0));
        foreach (var (from, to) in cuts)
        {
            var address = string.Create(
                CultureInfo.InvariantCulture,
                $"https://cf-hls-media.sndcdn.com/media/{from}/{to}/{name}.{rate}.{extension}{query}"
            );
            text.Append(
                isHead
                    ? $"#EXT-X-MAP:URI=\"{address}\"\n"
                    : string.Create(CultureInfo.InvariantCulture, $"#EXTINF:{seconds:0.000},\n{address}\n")
            );
            isHead = false;
        }

        return TypedResults.Text(text.Append("#EXT-X-ENDLIST\n").ToString(), "application/vnd.apple.mpegurl");
    }

    private async Task<MediaFile?> FindAsync(string name, string rate, string extension, HttpContext context) =>
        SoundCloudFormat.FindFile($"{rate}.{extension}") is { } format
        && _links.IsGood($"{name}.{rate}.{extension}", context.Request.Query)
            ? await catalogue.GetAsync(
                format.ClipOf(SoundCloudTrack.Find(long.Parse(name, CultureInfo.InvariantCulture))),
                context.RequestAborted
            )
            : null;

    private static List<(long From, long To)> Slices(long length) =>
        [
            .. Enumerable
                .Range(0, (int)((length + SegmentBytes - 1) / SegmentBytes))
                .Select(index => ((long)index * SegmentBytes, Math.Min(length, (index + 1L) * SegmentBytes) - 1)),
        ];

    /// <summary>The head of a fragmented MP4, then what is between one <c>moof</c> and the next.</summary>
    private static async Task<List<(long From, long To)>> FragmentsAsync(
        string path,
        CancellationToken cancellationToken
    )
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var starts = new List<long> { 0 };
        for (
            long at = 0;
            at < bytes.Length;
            at += System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan((int)at))
        )
        {
            if (bytes.AsSpan((int)at + 4, 4).SequenceEqual("moof"u8))
            {
                starts.Add(at);
            }
        }

        return
        [
            .. starts.Select(
                (start, index) => (start, (index + 1 < starts.Count ? starts[index + 1] : bytes.Length) - 1)
            ),
        ];
    }
}
