using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>
/// Several Vorbis comments of one name (https://xiph.org/vorbis/doc/v-comment.html), which ffmpeg writes as one: between their values it
/// is given as many bytes as the head of another comment has, and those are replaced in place (ADR 0037).
/// </summary>
internal static class VorbisComments
{
    private const int LengthSize = 4;
    private const int FlacBlockOfComments = 4;

    /// <summary>Bytes that a comment takes besides its value: its length, its name and <c>=</c>.</summary>
    public static int JointLength(string name) => LengthSize + name.Length + 1;

    /// <summary>Makes comments of their own of what was joined.</summary>
    public static async Task SplitAsync(
        ConversionPlan plan,
        IReadOnlyList<string> names,
        string path,
        CancellationToken cancellationToken
    )
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (plan.Container == Container.Flac)
        {
            var (at, comments) = await FlacCommentsAsync(file, cancellationToken);
            Split(comments, names);
            file.Position = at;
            await file.WriteAsync(comments, cancellationToken);
        }
        else
        {
            var (pages, packet) = await OggPages.ReadAsync(file, cancellationToken);
            // "OpusTags", or a 3 and "vorbis".
            Split(packet.AsSpan(plan.Promise.AudioCodec == "opus" ? 8 : 7), names);
            await pages.WriteAsync(file, packet, cancellationToken);
        }
    }

    private static async Task<(long At, byte[] Comments)> FlacCommentsAsync(
        Stream file,
        CancellationToken cancellationToken
    )
    {
        var head = new byte[4];
        await file.ReadExactlyAsync(head, cancellationToken);
        while (true)
        {
            await file.ReadExactlyAsync(head, cancellationToken);
            var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(head) & 0xff_ffff);
            if ((head[0] & 0x7f) == FlacBlockOfComments)
            {
                var at = file.Position;
                var comments = new byte[length];
                await file.ReadExactlyAsync(comments, cancellationToken);
                return (at, comments);
            }
            file.Position += length;
        }
    }

    /// <summary>A vendor's name, a count, and comments, each behind its length.</summary>
    private static void Split(Span<byte> comments, IReadOnlyList<string> names)
    {
        var countAt = LengthSize + Length(comments);
        var count = Length(comments[countAt..]);
        var more = 0;
        for (var (index, at) = (0, countAt + LengthSize); index < count; index++)
        {
            var length = Length(comments[at..]);
            var comment = comments.Slice(at, LengthSize + length);
            at += comment.Length;
            foreach (var name in names)
                if (HasName(comment[LengthSize..], name))
                    more += SplitOne(comment, name);
        }
        Write(comments[countAt..], count + more);
    }

    private static bool HasName(ReadOnlySpan<byte> comment, string name) =>
        comment.Length > name.Length
        && comment[name.Length] == '='
        && Encoding.ASCII.GetString(comment[..name.Length]).Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int SplitOne(Span<byte> comment, string name)
    {
        var joint = Encoding.ASCII.GetBytes(new string(SeveralValues.Mark, JointLength(name)));
        var more = 0;
        while (comment[LengthSize..].IndexOf(joint) is >= 0 and var length)
        {
            Write(comment, length);
            comment = comment[(LengthSize + length)..];
            Encoding.ASCII.GetBytes($"{name}=", comment[LengthSize..]);
            more++;
        }
        Write(comment, comment.Length - LengthSize);
        return more;
    }

    private static int Length(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    private static void Write(Span<byte> bytes, int length) => BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
}
