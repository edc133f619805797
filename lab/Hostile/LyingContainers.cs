using System.Buffers.Binary;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Decant.Lab.Hostile;

/// <summary>
/// Files whose own heads say a length of somebody's invention: <c>/says/SECONDS/header.mp4</c> (the boxes of movie and tracks) and
/// <c>/says/SECONDS/header.mkv</c> (the segment's Duration). They are <c>small</c> (10 s) and, with <c>?long=1</c>, <c>minute</c>.
/// </summary>
internal sealed class LyingContainers(MediaCatalogue catalogue) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "mp4", SayInBoxes);
        Map(routes, "mkv", SayInSegment);
    }

    private void Map(IEndpointRouteBuilder routes, string extension, Action<byte[], double> say) =>
        routes.MapMethods(
            $"/says/{{seconds:double}}/header.{extension}",
            [HttpMethods.Get, HttpMethods.Head],
            async Task<FileContentHttpResult> (double seconds, HttpContext context) =>
            {
                var name = $"{(context.Request.Query.ContainsKey("long") ? "minute" : "small")}.{extension}";
                var file = await catalogue.GetAsync(name, context.RequestAborted);
                var bytes = await File.ReadAllBytesAsync(file.Path, context.RequestAborted);
                say(bytes, seconds);
                return TypedResults.File(bytes, StoredFile.TypeOf(name), enableRangeProcessing: true);
            }
        );

    private static void SayInBoxes(byte[] file, double seconds)
    {
        Rewrite(file, "mvhd"u8, seconds);
        Rewrite(file, "mdhd"u8, seconds);
    }

    /// <summary>Boxes of version 0: the scale and the length, from the box's name on, without its version and flags.</summary>
    private static void Rewrite(Span<byte> file, ReadOnlySpan<byte> box, double seconds)
    {
        const int scaleAt = 12;
        const int lengthAt = 16;
        for (var at = 0; file[at..].IndexOf(box) is >= 0 and var next; )
        {
            at += next + box.Length;
            var scale = BinaryPrimitives.ReadUInt32BigEndian(file[(at + scaleAt)..]);
            BinaryPrimitives.WriteUInt32BigEndian(file[(at + lengthAt)..], (uint)(scale * seconds));
        }
    }

    /// <summary>The element Duration (0x4489) of eight bytes, in the usual milliseconds.</summary>
    private static void SayInSegment(byte[] file, double seconds)
    {
        var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x44, 0x89, 0x88]);
        BinaryPrimitives.WriteDoubleBigEndian(file.AsSpan(at + 3), seconds * 1000);
    }
}
