using Decant.Engine.Fetching;
using Decant.Engine.Planning;
using Decant.Engine.Probing;
using Decant.Engine.Probing.Mp4;

namespace Decant.Engine.Converting.Relabelling;

/// <summary>Gives a fetched MP4 that is already what was asked for our tags and cover, and its index the place at its head (ADR 0060).</summary>
internal static class Relabel
{
    /// <summary>True where the plan changes nothing of its source but the tags. Pure.</summary>
    public static bool Suits(ConversionPlan plan, IReadOnlyList<ProbedMedia> probes) =>
        plan.Container.HasAtoms
        && probes is [var probe]
        && probe.FormatName.Split(',').Contains(Container.Mp4.ProbeName)
        && plan.IsWhole
        && plan.Late.All(late => late == TimeSpan.Zero)
        && plan.Subtitles.Count == 0
        && plan.Chapters.Count == 0
        && plan.Streams.All(stream => stream.Treatment is CopyStream)
        && probe.Streams.Count(stream => stream.Kind != StreamKind.CoverArt) == plan.Streams.Count;

    /// <param name="plan">A plan that <see cref="Suits"/>.</param>
    /// <param name="coverArt">A JPEG; null for none.</param>
    /// <param name="path">The fetched file, which nobody else has.</param>
    /// <param name="cancellationToken">Token that ends it while nothing is changed yet.</param>
    /// <returns>False where anything about the file is unusual, or its file system cannot make room; then it is as it was.</returns>
    /// <exception cref="Errors.MediaException"><c>overloaded</c></exception>
    public static async Task<bool> TryAsync(
        ConversionPlan plan,
        string? coverArt,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (await Mp4File.TryReadAsync(path, cancellationToken) is not { } source)
            return false;
        var cover = coverArt is null ? null : await File.ReadAllBytesAsync(coverArt, cancellationToken);
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (Mp4Rewrite.TryOf(source, Content(source.Boxes[0]), plan, cover) is not { } rewrite)
                return false;
            var shift = ShiftFor(rewrite);
            if (rewrite.Head(shift) is not { } head || (shift > 0 && !FileHead.TryInsert(file, shift)))
                return false;
            // Half a head is none: nothing stops this any more.
            await RandomAccess.WriteAsync(file, WithRoom(head, rewrite.Media.Start + shift), 0, CancellationToken.None);
            // An index behind the media is void now.
            RandomAccess.SetLength(file, rewrite.Media.End + shift);
            return true;

            byte[] Content(Mp4Box box)
            {
                var bytes = new byte[Math.Min(box.End - box.Body, FileHead.Block)];
                return bytes[..RandomAccess.Read(file, bytes, box.Body)];
            }
        }
        catch (IOException full)
        {
            throw LocalFile.NoRoom(full);
        }
    }

    /// <summary>Bytes by which the media have to come later for the head to fit before them, with an empty box behind it or exactly.</summary>
    private static long ShiftFor(Mp4Rewrite rewrite)
    {
        var missing = rewrite.Length + Mp4Box.HeadLength - rewrite.Media.Start;
        return rewrite.Length == rewrite.Media.Start || missing <= 0
            ? 0
            : (missing + FileHead.Block - 1) / FileHead.Block * FileHead.Block;
    }

    /// <summary>A head of just that length: an empty box covers what stood there before, which is nobody's to read.</summary>
    private static byte[] WithRoom(byte[] head, long length) =>
        head.Length == length
            ? head
            :
            [
                .. head,
                .. new BoxWriter()
                    .Box("free", box => box.Bytes(new byte[length - head.Length - Mp4Box.HeadLength]))
                    .ToArray(),
            ];
}
