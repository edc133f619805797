using System.Buffers.Binary;
using System.Text;
using Decant.Engine.Planning;

namespace Decant.Engine.Converting;

/// <summary>
/// Atoms of iTunes' metadata that ffmpeg does not write: several values of an artist, each in a <c>data</c> of its own, and the recording's code,
/// which has a free form (<c>----</c>). Both are put where ffmpeg wrote as many bytes, so that the index stays where it is (ADR 0040).
/// </summary>
internal static class Mp4Atoms
{
    private const int HeaderLength = 8;
    private const int FullHeaderLength = 12;

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
        var head = new byte[HeaderLength];
        for (long at = 0; at + HeaderLength <= file.Length; )
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, cancellationToken);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size == 1)
            {
                await file.ReadExactlyAsync(head, cancellationToken);
                size = BinaryPrimitives.ReadInt64BigEndian(head);
            }
            else if (Encoding.Latin1.GetString(head, 4, 4) == Way[0] && size is > HeaderLength and < LongestIndex)
            {
                var index = new byte[size];
                file.Position = at;
                await file.ReadExactlyAsync(index, cancellationToken);
                Rewrite(index, 0);
                file.Position = at;
                await file.WriteAsync(index, cancellationToken);
                return;
            }
            if (size < HeaderLength)
                return;
            at += size;
        }
    }

    private static void Rewrite(Span<byte> atoms, int depth)
    {
        while (atoms.Length >= HeaderLength)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(atoms);
            if (size < HeaderLength || size > atoms.Length)
                return;
            var atom = atoms[..size];
            var name = Encoding.Latin1.GetString(atoms[4..HeaderLength]);
            if (depth == Way.Length)
                RewriteOne(atom, name);
            else if (name == Way[depth])
                Rewrite(atom[(name == "meta" ? FullHeaderLength : HeaderLength)..], depth + 1);
            atoms = atoms[size..];
        }
    }

    private static void RewriteOne(Span<byte> atom, string name)
    {
        var inside = atom[HeaderLength..];
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
