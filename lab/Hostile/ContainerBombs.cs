using System.Buffers.Binary;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary>
/// Files that say absurd things of themselves: <c>/bomb/file/duration.mp4</c>, <c>samples.mp4</c> and <c>box.mp4</c> (numbers at their largest), <c>duration.mkv</c>,
/// <c>rate.wav</c>, <c>channels.wav</c>, <c>size.wav</c>, and <c>huge.png</c>, 30,000 pixels each way in 2.7 MB; <c>/bomb/poster.html</c> is a page whose picture
/// it is.
/// </summary>
internal sealed class ContainerBombs(MediaCatalogue catalogue) : ISite
{
    private const int Side = 30_000;

    private static readonly Lazy<byte[]> Picture = new(() => HugePng.Make(Side));

    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "duration.mp4", "small.mp4", file => Overwrite(file, "mvhd"u8, 16, "mdhd"u8, 16));
        Map(routes, "samples.mp4", "small.mp4", file => Overwrite(file, "stts"u8, 8, "stsz"u8, 8));
        Map(
            routes,
            "box.mp4",
            "small.mp4",
            file => [.. file[..24], 0, 0, 0, 1, .. "free"u8, 0x7f, 255, 255, 255, 255, 255, 255, 255, .. file[24..]]
        );
        Map(routes, "duration.mkv", "small.mkv", LongMatroska);
        Map(routes, "rate.wav", "audio.wav", file => At(file, 24, uint.MaxValue));
        Map(routes, "channels.wav", "audio.wav", file => At(file, 20, 0xFFFF0001));
        Map(routes, "size.wav", "audio.wav", file => At(file, 40, uint.MaxValue));
        routes.MapGet("/bomb/file/huge.png", () => TypedResults.File(Picture.Value, "image/png"));
        routes.MapGet(
            "/bomb/poster.html",
            (HttpContext context) =>
                Results.Text(
                    $"<!doctype html><title>Poster</title><video poster=\"{context.Link("/bomb/file/huge.png")}\" src=\"{context.Link("/media/small.mp4?poster")}\"></video>",
                    "text/html"
                )
        );
    }

    private void Map(IEndpointRouteBuilder routes, string name, string real, Func<byte[], byte[]> spoil) =>
        routes.MapMethods(
            $"/bomb/file/{name}",
            [HttpMethods.Get, HttpMethods.Head],
            async (CancellationToken cancellationToken) =>
            {
                var file = await catalogue.GetAsync(real, cancellationToken);
                var bytes = spoil(await File.ReadAllBytesAsync(file.Path, cancellationToken));
                return TypedResults.File(bytes, StoredFile.TypeOf(name), enableRangeProcessing: true);
            }
        );

    private static byte[] Overwrite(
        byte[] file,
        ReadOnlySpan<byte> box,
        int at,
        ReadOnlySpan<byte> other,
        int otherAt
    ) =>
        At(
            At(file, file.AsSpan().IndexOf(box) + 4 + at - 4, uint.MaxValue, isBig: true),
            file.AsSpan().IndexOf(other) + 4 + otherAt - 4,
            uint.MaxValue,
            isBig: true
        );

    private static byte[] At(byte[] file, int at, uint value, bool isBig = false)
    {
        if (isBig)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
        }

        return file;
    }

    /// <summary>The element Duration (0x4489) of eight bytes.</summary>
    private static byte[] LongMatroska(byte[] file)
    {
        var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x44, 0x89, 0x88]);
        BinaryPrimitives.WriteDoubleBigEndian(file.AsSpan(at + 3), 1e18);
        return file;
    }
}
