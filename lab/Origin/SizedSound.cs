using Decant.Lab.Serving;
using Microsoft.Net.Http.Headers;

namespace Decant.Lab.Origin;

/// <summary><c>/sized/4000000000.wav</c>: stereo noise of exactly so many bytes, in any ranges, that lies nowhere.</summary>
internal sealed class SizedSound : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(
            "/sized/{bytes:long:range(1000,4294967295)}.wav",
            [HttpMethods.Get, HttpMethods.Head],
            (long bytes) =>
                TypedResults.Stream(
                    new Noise((uint)bytes),
                    "audio/wav",
                    entityTag: new EntityTagHeaderValue($"\"{bytes:x}\""),
                    enableRangeProcessing: true
                )
        );

    /// <summary>A WAV file whose samples follow from where they stand.</summary>
    private sealed class Noise(uint bytes) : Stream
    {
        private const int Rate = 48_000;
        private const short Channels = 2;
        private const short SampleBytes = 2;

        private static readonly byte[] Samples = MakeSamples();
        private readonly byte[] _head = MakeHead(bytes);

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => bytes;
        public override long Position { get; set; }

        public override int Read(Span<byte> buffer) => Fill(buffer);

        private int Fill(Span<byte> buffer)
        {
            var inHead = Position < _head.Length;
            var from = inHead ? _head.AsSpan((int)Position) : Samples.AsSpan((int)(Position % Samples.Length));
            var count = (int)Math.Min(Math.Min(buffer.Length, from.Length), Math.Max(0, Length - Position));
            from[..count].CopyTo(buffer);
            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => Task.FromResult(Fill(buffer.AsSpan(offset, count)));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Fill(buffer.Span));

        public override long Seek(long offset, SeekOrigin origin) =>
            Position =
                origin switch
                {
                    SeekOrigin.Begin => 0,
                    SeekOrigin.Current => Position,
                    _ => Length,
                } + offset;

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static byte[] MakeSamples()
        {
            var samples = new byte[1 << 20];
            // The same on every machine and in every answer.
            new Random(1).NextBytes(samples);
            return samples;
        }

        private static byte[] MakeHead(uint bytes)
        {
            using var head = new MemoryStream();
            using var writer = new BinaryWriter(head);
            writer.Write("RIFF"u8);
            writer.Write(bytes - 8);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write(Channels);
            writer.Write(Rate);
            writer.Write(Rate * Channels * SampleBytes);
            writer.Write((short)(Channels * SampleBytes));
            writer.Write((short)(8 * SampleBytes));
            writer.Write("data"u8);
            writer.Write(bytes - (uint)head.Length - 4);
            return head.ToArray();
        }
    }
}
