using System.Buffers.Binary;

namespace Decant.Server.Batches.Zip;

/// <summary>The check sum of zip archives (ISO 3309), eight bytes at a time; the framework has one and keeps it to itself.</summary>
internal struct Crc32()
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;
    private static readonly uint[][] Tables = MakeTables();

    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state =
                Tables[7][(byte)low]
                ^ Tables[6][(byte)(low >> 8)]
                ^ Tables[5][(byte)(low >> 16)]
                ^ Tables[4][low >> 24]
                ^ Tables[3][(byte)high]
                ^ Tables[2][(byte)(high >> 8)]
                ^ Tables[1][(byte)(high >> 16)]
                ^ Tables[0][high >> 24];
        }

        foreach (var one in bytes)
        {
            state = (state >> 8) ^ Tables[0][(byte)(state ^ one)];
        }

        _state = state;
    }

    /// <summary>Table n tells what a byte becomes after n zeros more.</summary>
    private static uint[][] MakeTables()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                tables[slice][value] = slice == 0 ? Shift(value, 8) : Shift(tables[slice - 1][value], 8);
            }
        }

        return tables;
    }

    private static uint Shift(uint value, int bits)
    {
        for (var bit = 0; bit < bits; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        }

        return value;
    }
}
