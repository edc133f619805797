using System.Buffers;
using System.Threading.Channels;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>
/// One encoder child that works on every so-manieth part. It hears them as one sound; the frames around each leap are thrown
/// away, which saves starting a child for each part.
/// </summary>
internal sealed class PartEncoder(ChildCommand command)
{
    private readonly Channel<SoundPart> _waiting = Channel.CreateBounded<SoundPart>(1);
    private readonly Channel<SoundPart> _fed = Channel.CreateUnbounded<SoundPart>();
    private readonly Channel<EncodedPart> _encoded = Channel.CreateUnbounded<EncodedPart>();

    /// <summary>Waits until there is room for it.</summary>
    public ValueTask FeedAsync(SoundPart part, CancellationToken cancellationToken) =>
        _waiting.Writer.WriteAsync(part, cancellationToken);

    /// <summary>No part follows.</summary>
    public void Finish() => _waiting.Writer.Complete();

    /// <returns>The frames of the next of its parts.</returns>
    public ValueTask<EncodedPart> TakeAsync(CancellationToken cancellationToken) =>
        _encoded.Reader.ReadAsync(cancellationToken);

    /// <summary>Runs the child until its last part.</summary>
    /// <param name="judge">Throws what the child's end means.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(Action<ChildOutcome> judge, CancellationToken cancellationToken)
    {
        var outcome = await ChildProcess.RunAsync(
            command with
            {
                Input = WriteAsync,
                Output = stream => ReadAsync(stream, cancellationToken),
            },
            cancellationToken
        );
        judge(outcome);
        // Not sooner: whoever waits for a part would tell that there is none before the child can tell why.
        _encoded.Writer.Complete();
    }

    private async Task WriteAsync(Stream pipe, CancellationToken cancellationToken)
    {
        await foreach (var part in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            // Told first: its frames may come before all of it is written.
            _fed.Writer.TryWrite(part);
            await pipe.WriteAsync(part.Buffer.AsMemory(0, part.Length), cancellationToken);
            ArrayPool<byte>.Shared.Return(part.Buffer);
        }
        _fed.Writer.Complete();
    }

    private async Task ReadAsync(Stream pipe, CancellationToken cancellationToken)
    {
        await using var buffered = new BufferedStream(pipe, 64 << 10);
        var frames = new FrameReader(buffered);
        await foreach (var part in _fed.Reader.ReadAllAsync(cancellationToken))
        {
            await frames.ReadAsync(part.LeadFrames, null, cancellationToken);
            var bytes = new ArrayBufferWriter<byte>();
            var count = await frames.ReadAsync(part.Frames ?? int.MaxValue, bytes, cancellationToken);
            if (count < part.Frames)
            {
                // The child ended too early; its exit code tells.
                break;
            }
            _encoded.Writer.TryWrite(new EncodedPart(bytes.WrittenMemory, count, part.Frames is null));
            await frames.ReadAsync(SoundPart.Tail, null, cancellationToken);
        }
        // What the encoder still holds when no part follows.
        await frames.ReadAsync(int.MaxValue, null, cancellationToken);
    }
}

/// <param name="Bytes">Whole frames.</param>
/// <param name="Frames">How many.</param>
/// <param name="IsLast">The sound ends here.</param>
internal sealed record EncodedPart(ReadOnlyMemory<byte> Bytes, int Frames, bool IsLast);
