using System.Text;

namespace Decant.Server.Batches.Zip;

/// <summary>The records of a zip archive (APPNOTE 6.3), in the long form wherever a number asks for it.</summary>
internal static class ZipRecords
{
    private const uint LongNumber = uint.MaxValue;
    private const ushort ManyEntries = ushort.MaxValue;
    private const ushort LongFormTag = 1;

    /// <summary>The version of the format that has the long form.</summary>
    private const ushort Version = 45;
    private const ushort MadeOnUnix = 3 << 8;
    private const ushort NameIsUtf8 = 1 << 11;
    private const uint ReadableByAll = 0x81A4u << 16;

    /// <summary>Local file header.</summary>
    public static byte[] LocalHeader(ArchivedFile file) =>
        Write(record =>
        {
            var isLong = file.Length >= LongNumber;
            var size = isLong ? LongNumber : (uint)file.Length;
            var name = Encoding.UTF8.GetBytes(file.Name);
            record.Write(0x04034b50u);
            record.Write(Version);
            WriteCommon(record, file, size, name);
            record.Write((ushort)(isLong ? 20 : 0));
            record.Write(name);
            if (isLong)
            {
                WriteLongForm(record, file.Length, file.Length);
            }
        });

    /// <summary>A file's line in the directory at the end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Offset of the local header.</param>
    public static byte[] DirectoryEntry(ArchivedFile file, long offset) =>
        Write(record =>
        {
            var isLong = file.Length >= LongNumber;
            var isFar = offset >= LongNumber;
            var size = isLong ? LongNumber : (uint)file.Length;
            var name = Encoding.UTF8.GetBytes(file.Name);
            long[] numbers = [.. isLong ? [file.Length, file.Length] : (long[])[], .. isFar ? [offset] : (long[])[]];
            record.Write(0x02014b50u);
            record.Write((ushort)(MadeOnUnix | Version));
            record.Write(Version);
            WriteCommon(record, file, size, name);
            record.Write((ushort)(numbers.Length == 0 ? 0 : 4 + 8 * numbers.Length));
            record.Write((ushort)0); // No comment,
            record.Write((ushort)0); // on the first disk,
            record.Write((ushort)0); // not known to be text.
            record.Write(ReadableByAll);
            record.Write(isFar ? LongNumber : (uint)offset);
            record.Write(name);
            if (numbers.Length > 0)
            {
                WriteLongForm(record, numbers);
            }
        });

    /// <summary>The end of the archive.</summary>
    /// <param name="count">Files in it.</param>
    /// <param name="offset">Offset of the central directory.</param>
    /// <param name="size">Bytes of the directory.</param>
    public static byte[] End(int count, long offset, long size) =>
        Write(record =>
        {
            if (count >= ManyEntries || offset >= LongNumber || size >= LongNumber)
            {
                WriteLongEnd(record, count, offset, size);
            }

            var shown = (ushort)Math.Min(count, ManyEntries);
            record.Write(0x06054b50u);
            record.Write(0u); // One disk.
            record.Write(shown);
            record.Write(shown);
            record.Write((uint)Math.Min(size, LongNumber));
            record.Write((uint)Math.Min(offset, LongNumber));
            record.Write((ushort)0);
        });

    private static void WriteCommon(BinaryWriter record, ArchivedFile file, uint size, byte[] name)
    {
        var time = file.Time.UtcDateTime;
        record.Write(NameIsUtf8);
        record.Write((ushort)0); // Stored.
        record.Write((ushort)(time.Hour << 11 | time.Minute << 5 | time.Second / 2));
        record.Write((ushort)(Math.Clamp(time.Year - 1980, 0, 127) << 9 | time.Month << 5 | time.Day));
        record.Write(file.Crc);
        record.Write(size);
        record.Write(size);
        record.Write((ushort)name.Length);
    }

    private static void WriteLongForm(BinaryWriter record, params long[] numbers)
    {
        record.Write(LongFormTag);
        record.Write((ushort)(8 * numbers.Length));
        foreach (var number in numbers)
        {
            record.Write(number);
        }
    }

    private static void WriteLongEnd(BinaryWriter record, long count, long offset, long size)
    {
        record.Write(0x06064b50u);
        record.Write(44L); // Bytes of the rest of this record.
        record.Write((ushort)(MadeOnUnix | Version));
        record.Write(Version);
        record.Write(0L); // One disk.
        record.Write(count);
        record.Write(count);
        record.Write(size);
        record.Write(offset);
        // Where the record that was just written stands.
        record.Write(0x07064b50u);
        record.Write(0u);
        record.Write(offset + size);
        record.Write(1u);
    }

    private static byte[] Write(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var record = new BinaryWriter(bytes);
        write(record);
        return bytes.ToArray();
    }
}
