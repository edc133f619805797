using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Planning;
using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Converting;

/// <summary>
/// Atoms of iTunes' metadata that ffmpeg does not write: several values of an artist, each in a <c>data</c> of its own, and the recording's code,
/// which has a free form (<c>----</c>). Both are put where ffmpeg wrote as many bytes, so that the index stays where it is (ADR 0040).
/// </summary>
internal static class Mp4Atoms
{
    private const int FullHeaderLength = Mp4Box.HeadLength + Mp4Box.VersionLength;

    /// <summary>Length of the head of a <c>data</c>: size, name, type and locale.</summary>
    public const int JointLength = 16;

    /// <summary>An atom of text that nothing else is written to.</summary>
    private const string StandIn = "keywords";
    private const string StandInAtom = "keyw";
    public const string Domain = "com.apple.iTunes";
    public const string Code = "ISRC";

    private const int FreeFormLength = FullHeaderLength + 16 + FullHeaderLength + 4;
    private const long LongestIndex = 512 << 20;
    private static readonly string[] Way = ["moov", "udta", "meta", "ilst"];

    public static IEnumerable<Tag> Spelt(ConversionPlan plan) =>
        plan.Tags.Select(tag =>
            tag.Name == plan.Container.IsrcTag
                ? new Tag(StandIn, new string(SeveralValues.Mark, FreeFormLength) + tag.Value)
                : tag
        );

    public static async Task RewriteAsync(ConversionPlan plan, string path, CancellationToken cancellationToken)
    {
        if (SeveralValues.Names(plan).Count == 0 && plan.Tags.All(tag => tag.Name != plan.Container.IsrcTag))
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var length = file.Length;
        var head = new byte[Mp4Box.LongHeadLength];
        for (long at = 0; at < length; )
        {
            var read = await RandomAccess.ReadAsync(file.SafeFileHandle, head, at, cancellationToken);
            if (Mp4Box.Read(head.AsSpan(0, read), at, length) is not { } box)
                return;
            if (box.Type == Way[0] && box.Size < LongestIndex)
            {
                var index = new byte[box.Size];
                file.Position = at;
                await file.ReadExactlyAsync(index, cancellationToken);
                Rewrite(index, 0);
                file.Position = at;
                await file.WriteAsync(index, cancellationToken);
                return;
            }
            at = box.End;
        }
    }

    private static void Rewrite(Span<byte> atoms, int depth)
    {
        while (Mp4Box.Read(atoms, 0, atoms.Length) is { } box)
        {
            var atom = atoms[..(int)box.Size];
            if (depth == Way.Length)
                RewriteOne(atom, box.Type);
            else if (box.Type == Way[depth])
                Rewrite(atom[(box.Type == "meta" ? FullHeaderLength : Mp4Box.HeadLength)..], depth + 1);
            atoms = atoms[atom.Length..];
        }
    }

    private static void RewriteOne(Span<byte> atom, string name)
    {
        var inside = atom[Mp4Box.HeadLength..];
        if (inside.Length <= JointLength || !inside[4..].StartsWith("data"u8))
            return;
        if (name == StandInAtom && inside[JointLength] == SeveralValues.Mark)
        {
            "----"u8.CopyTo(atom[4..]);
            var text = inside[(JointLength + FreeFormLength)..].ToArray();
            var rest = Write(inside, "mean", Domain);
            rest = Write(rest, "name", Code);
            Head(rest, rest.Length);
            text.CopyTo(rest[JointLength..]);
            return;
        }
        // A data after the other, where a joint stood.
        Span<byte> joint = stackalloc byte[JointLength];
        joint.Fill((byte)SeveralValues.Mark);
        while (inside[JointLength..].IndexOf(joint) is >= 0 and var length)
        {
            BinaryPrimitives.WriteInt32BigEndian(inside, JointLength + length);
            inside = inside[(JointLength + length)..];
            Head(inside, inside.Length);
        }
    }

    /// <returns>What comes after it.</returns>
    private static Span<byte> Write(Span<byte> into, string name, string text)
    {
        var size = FullHeaderLength + text.Length;
        into[..size].Clear();
        BinaryPrimitives.WriteInt32BigEndian(into, size);
        Encoding.ASCII.GetBytes(name, into[4..]);
        Encoding.ASCII.GetBytes(text, into[FullHeaderLength..]);
        return into[size..];
    }

    /// <summary>Head of a <c>data</c> with text in UTF-8 (type 1).</summary>
    private static void Head(Span<byte> into, int size)
    {
        into[..JointLength].Clear();
        BinaryPrimitives.WriteInt32BigEndian(into, size);
        "data"u8.CopyTo(into[4..]);
        into[11] = 1;
    }
}
