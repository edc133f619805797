using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>
/// The ID3v2 frames in which readers look for a comment and for the source's page (https://id3.org/id3v2.3.0, 4.3.1 and 4.11). ffmpeg writes
/// both as text of its own naming; a name as long as what belongs there is given to it, and the frame is renamed in place (ADR 0037).
/// </summary>
internal static class Id3Frames
{
    private const int HeaderLength = 10;

    /// <summary>A language and, after it, no description: the beginning of <c>COMM</c>.</summary>
    private const string Comment = "eng";
    private const string WebPage = "web";

    /// <summary>An encoding, a name of three letters and its end.</summary>
    private const int HeadLength = 5;

    /// <summary>The plan's tags as ffmpeg is to be told them.</summary>
    public static IEnumerable<Tag> Spelt(ConversionPlan plan) =>
        plan.Container.HasId3
            ? plan.Tags.SelectMany(tag =>
                tag.Name == plan.Container.SourceTag
                    ? [tag with { Name = Comment }, tag with { Name = WebPage }]
                    : (Tag[])[tag]
            )
            : plan.Tags;

    /// <summary>ID3v2.4 where a frame has several values, which 2.3 cannot tell apart; else what older Windows shows.</summary>
    public static string[] Options(ConversionPlan plan) =>
        plan.Container.HasId3 && SeveralValues.Names(plan).Count > 0 ? ["-id3v2_version", "4"] : [];

    public static async Task RenameAsync(ConversionPlan plan, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var header = new byte[HeaderLength];
        await file.ReadExactlyAsync(header, cancellationToken);
        if (!header.AsSpan().StartsWith("ID3"u8))
            return;
        var tag = new byte[Synchsafe(header.AsSpan(6))];
        await file.ReadExactlyAsync(tag, cancellationToken);
        Rename(tag, isNew: header[3] >= 4);
        file.Position = HeaderLength;
        await file.WriteAsync(tag, cancellationToken);
    }

    private static void Rename(Span<byte> tag, bool isNew)
    {
        while (tag.Length > HeaderLength && tag[0] != 0)
        {
            var size = isNew ? Synchsafe(tag[4..]) : BinaryPrimitives.ReadInt32BigEndian(tag[4..]);
            var frame = tag.Slice(HeaderLength, size);
            if (tag.StartsWith("TXXX"u8) && IsNamed(frame, Comment))
                "COMM"u8.CopyTo(tag);
            else if (tag.StartsWith("TXXX"u8) && IsNamed(frame, WebPage))
            {
                "WOAS"u8.CopyTo(tag);
                // An address ends at the first zero, and what is left of the frame is to be ignored.
                frame[HeadLength..].CopyTo(frame);
                frame[^HeadLength..].Clear();
            }
            else if (isNew && tag[0] == 'T')
                // Values of a text frame end with a zero (https://id3.org/id3v2.4.0-frames, 4.2).
                frame.Replace((byte)SeveralValues.Mark, (byte)0);
            tag = tag[(HeaderLength + size)..];
        }
    }

    /// <summary>A text's name stands behind its encoding: Latin 1, or UTF-8 in ID3v2.4. Addresses are the same in both.</summary>
    private static bool IsNamed(ReadOnlySpan<byte> frame, string name) =>
        frame is [0 or 3, .. var rest] && rest.StartsWith(Encoding.ASCII.GetBytes($"{name}\0"));

    /// <summary>Four times seven bits.</summary>
    private static int Synchsafe(ReadOnlySpan<byte> bytes) =>
        bytes[0] << 21 | bytes[1] << 14 | bytes[2] << 7 | bytes[3];
}
