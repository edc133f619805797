using System.Diagnostics;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Decant.Server.Batches.Zip;
using Decant.Server.Storage;

namespace Decant.Server.Tests.Batches;

public sealed class ZipContentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 30, 40, TimeSpan.Zero);

    [Fact]
    public async Task What_is_written_is_as_long_as_announced_and_reads_back()
    {
        await using var zip = new ZipContent(Three);
        using var bytes = new MemoryStream(await ReadAsync(zip, 0));

        Assert.Equal(zip.Length, bytes.Length);
        await using var read = new ZipArchive(bytes);
        Assert.Equal(["a.txt", "empty", "Größe 🎬.txt"], read.Entries.Select(entry => entry.FullName));
        Assert.Equal(["hello", "", "a film"], read.Entries.Select(TextOf));
        Assert.All(read.Entries, entry => Assert.Equal(Noon.DateTime, entry.LastWriteTime.DateTime));
    }

    [Fact]
    public async Task It_can_be_read_from_any_byte_on()
    {
        await using var zip = new ZipContent(Three);
        var whole = await ReadAsync(zip, 0);

        for (var from = 0; from <= whole.Length; from++)
        {
            Assert.Equal(whole[from..], await ReadAsync(zip, from));
        }
    }

    [Fact]
    public async Task A_file_past_four_gigabytes_and_what_stands_behind_it_are_found()
    {
        var path = Path.GetTempFileName();
        try
        {
            const long Size = (4L << 30) + 5;
            await using var zip = new ZipContent([
                // Nobody sums four gigabytes up here: the reader below does not get to the file's end.
                new ArchivedFile(
                    "large.mkv",
                    Size,
                    0,
                    Noon,
                    _ => Task.FromResult<StoredContent>(new Bytes(new Zeros(Size)))
                ),
                File("after.txt", "still here"),
            ]);
            await using (var target = new Holes(path))
            {
                await (await zip.ReadAsync(0, zip.Length, CancellationToken.None)).CopyToAsync(target);
                Assert.Equal(zip.Length, target.Length);
            }

            // Another hand's reader, for the long form.
            var python = Process.Start(
                new ProcessStartInfo(
                    "/usr/bin/python3",
                    [
                        "-c",
                        "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\n"
                            + "print([(i.filename, i.file_size) for i in z.infolist()], z.read('after.txt'), z.open('large.mkv').read(3))",
                        path,
                    ]
                )
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                }
            )!;
            Assert.Equal(
                $"[('large.mkv', {Size}), ('after.txt', 10)] b'still here' b'\\x00\\x00\\x00'",
                (await python.StandardOutput.ReadToEndAsync()).Trim()
            );
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public async Task A_file_that_has_become_shorter_breaks_the_archive_off()
    {
        await using var zip = new ZipContent([File("a.txt", "hello") with { Length = 6 }]);

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(zip, 0));
    }

    private static ArchivedFile File(string name, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new ArchivedFile(
            name,
            bytes.Length,
            Crc32.HashToUInt32(bytes),
            Noon,
            _ => Task.FromResult<StoredContent>(new Bytes(new MemoryStream(bytes)))
        );
    }

    private static ArchivedFile[] Three => [File("a.txt", "hello"), File("empty", ""), File("Größe 🎬.txt", "a film")];

    private static async Task<byte[]> ReadAsync(ZipContent zip, long from)
    {
        using var bytes = new MemoryStream();
        await (await zip.ReadAsync(from, zip.Length - from, CancellationToken.None)).CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static string TextOf(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private sealed class Bytes(Stream stream) : StoredContent
    {
        public override long Length => stream.Length;

        public override Task<Stream> ReadAsync(long from, long length, CancellationToken cancellationToken)
        {
            stream.Position = from;
            return Task.FromResult(stream);
        }

        public override ValueTask DisposeAsync() => stream.DisposeAsync();
    }

    /// <summary>Leaves zeros out of the file, so that a large one takes no room.</summary>
    private sealed class Holes(string path) : FileStream(path, FileMode.Create)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Span.ContainsAnyExcept((byte)0))
            {
                return base.WriteAsync(buffer, cancellationToken);
            }

            Seek(buffer.Length, SeekOrigin.Current);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Zeros(long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, length - Position);
            buffer.Span[..count].Clear();
            Position += count;
            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
