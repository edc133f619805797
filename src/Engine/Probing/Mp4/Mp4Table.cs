using System.Buffers.Binary;

namespace Decant.Engine.Probing.Mp4;

/// <summary>A counted table of 32-bit numbers, as the boxes of a sample table are (ISO/IEC 14496-12, 8.6 and 8.7).</summary>
internal readonly ref struct Mp4Table
{
    private readonly ReadOnlySpan<byte> _rows;
    private readonly int _columns;

    private Mp4Table(ReadOnlySpan<byte> rows, int columns)
    {
        _rows = rows;
        _columns = columns;
        Count = rows.Length / sizeof(uint) / columns;
    }

    public int Count { get; }

    public uint this[int row, int column] =>
        BinaryPrimitives.ReadUInt32BigEndian(_rows[((row * _columns + column) * sizeof(uint))..]);

    /// <param name="body">Content of the box.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="before">Bytes before the number of rows.</param>
    /// <param name="table">The table.</param>
    /// <returns>False where there are more or fewer rows than it says.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> body,
        int columns,
        out Mp4Table table,
        int before = Mp4Box.VersionLength
    )
    {
        table = default;
        if (body.Length < before + sizeof(uint))
            return false;
        var rows = body[(before + sizeof(uint))..];
        if (rows.Length != BinaryPrimitives.ReadUInt32BigEndian(body[before..]) * (long)columns * sizeof(uint))
            return false;
        table = new Mp4Table(rows, columns);
        return true;
    }
}
