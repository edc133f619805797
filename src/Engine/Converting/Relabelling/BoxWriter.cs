using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Decant.Engine.Converting.Relabelling;

/// <summary>Bytes of an MP4's boxes, whose sizes are written when they end.</summary>
internal sealed class BoxWriter
{
    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly List<(int Place, uint Size)> _sizes = [];

    public int Length => _written.WrittenCount;

    /// <summary>Writes a box with what <paramref name="content"/> writes.</summary>
    public BoxWriter Box(string type, Action<BoxWriter> content)
    {
        var start = Length;
        Number(0);
        Text(type);
        content(this);
        _sizes.Add((start, (uint)(Length - start)));
        return this;
    }

    public BoxWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _written.Write(bytes);
        return this;
    }

    /// <summary>Writes in Latin-1, as the types of boxes are.</summary>
    public BoxWriter Text(string text) => Bytes(Encoding.Latin1.GetBytes(text));

    public BoxWriter Number(uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_written.GetSpan(sizeof(uint)), number);
        _written.Advance(sizeof(uint));
        return this;
    }

    public byte[] ToArray()
    {
        var bytes = _written.WrittenSpan.ToArray();
        foreach (var (place, size) in _sizes)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(place), size);
        return bytes;
    }
}
