namespace Decant.Engine.Probing.Mp4;

/// <summary>The outermost boxes of an MP4, and its index in memory.</summary>
/// <param name="Boxes">Boxes in their order; they fill the file.</param>
/// <param name="Index">The one <c>moov</c>, its head included.</param>
internal sealed record Mp4File(IReadOnlyList<Mp4Box> Boxes, byte[] Index)
{
    private const int MostBoxes = 1000;

    /// <summary>Largest index in bytes. Ten hours of picture and sound take 30 MB; a stranger's is in memory two or three times while it is rewritten.</summary>
    private const long LongestIndex = 32 << 20;

    /// <summary>The index of a file that is not written at once (ISO/IEC 14496-12, 8.8) is all over it.</summary>
    private const string Fragment = "moof";

    public IEnumerable<Mp4Box> Media => Boxes.Where(box => box.Type == "mdat");

    /// <returns>Null for what is no MP4 with one index, or claims more than the file has.</returns>
    public static async Task<Mp4File?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.None
        );
        var length = RandomAccess.GetLength(file);
        var boxes = new List<Mp4Box>();
        var head = new byte[Mp4Box.LongHeadLength];
        for (var at = 0L; at < length; at = boxes[^1].End)
        {
            var read = await RandomAccess.ReadAsync(file, head, at, cancellationToken);
            if (Mp4Box.Read(head.AsSpan(0, read), at, length) is not { } box || boxes.Count == MostBoxes)
                return null;
            boxes.Add(box);
        }
        var indexes = boxes.Where(box => box.Type == "moov").ToList();
        if (indexes is not [{ Size: <= LongestIndex } index] || boxes.Exists(box => box.Type == Fragment))
            return null;
        var bytes = new byte[index.Size];
        for (var got = 0; got < bytes.Length; )
        {
            var read = await RandomAccess.ReadAsync(file, bytes.AsMemory(got), index.Start + got, cancellationToken);
            if (read == 0)
                return null;
            got += read;
        }
        return new Mp4File(boxes, bytes);
    }
}
