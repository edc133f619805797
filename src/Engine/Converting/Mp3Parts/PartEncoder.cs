using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Decant.Engine.Children;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>An encoder process, which decodes the source for itself and encodes the parts of its turns.</summary>
/// <param name="rota">Rota of the parts that it encodes.</param>
/// <param name="number">Number of the encoder; the first is 0.</param>
internal sealed partial class PartEncoder(Rota rota, int number)
{
    /// <summary>Parts it may be ahead of the one that is waited for.</summary>
    private const int Ahead = 16;

    private readonly Channel<EncodedPart> _encoded = Channel.CreateBounded<EncodedPart>(Ahead);

    /// <summary>The parts of this encoder in order; none follows once its child has ended well.</summary>
    public ChannelReader<EncodedPart> Encoded => _encoded.Reader;

    /// <summary>Runs the child to its end.</summary>
    /// <param name="command">The child.</param>
    /// <param name="judge">Throws what the child's end means.</param>
    /// <param name="cancellationToken">Token that stops the encoder.</param>
    /// <returns>Position of the end of the sound, in samples.</returns>
    public async Task<long> RunAsync(
        ChildCommand command,
        Action<ChildOutcome> judge,
        CancellationToken cancellationToken
    )
    {
        var outcome = await ChildProcess.RunAsync(
            command with
            {
                Output = pipe => ReadAsync(pipe, cancellationToken),
            },
            cancellationToken
        );
        judge(outcome with { Errors = [.. outcome.Errors.Where(line => Error().IsMatch(line))] });
        // Not sooner: whoever waits for a part would tell that there is none before the child can tell why.
        _encoded.Writer.Complete();
        return SamplesIn(outcome) is > 0 and var heard ? rota.EndOf(number, heard) : 0;
    }

    private async Task ReadAsync(Stream pipe, CancellationToken cancellationToken)
    {
        await using var buffered = new BufferedStream(pipe, 64 << 10);
        var buffer = new byte[Mp3Frame.MaxLength];
        var bytes = new ArrayBufferWriter<byte>();
        var samples = 0L;
        var heard = Rota.Start(number);
        while (await Mp3Frame.ReadAsync(buffered, buffer, cancellationToken) is { } frame)
        {
            if (rota.IsOfPart(heard))
            {
                bytes.Write(buffer.AsSpan(0, frame.Length));
                samples += frame.Samples;
            }
            else
            {
                await HandOverAsync();
            }
            heard += frame.Samples;
        }
        await HandOverAsync();

        async Task HandOverAsync()
        {
            if (samples == 0)
                return;
            await _encoded.Writer.WriteAsync(new EncodedPart(bytes.WrittenMemory, samples), cancellationToken);
            (bytes, samples) = (new ArrayBufferWriter<byte>(), 0);
        }
    }

    private static long SamplesIn(ChildOutcome outcome) =>
        outcome.Errors.Select(line => Summary().Match(line)).LastOrDefault(match => match.Success) is { } said
            ? long.Parse(said.Groups["samples"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidDataException("The mp3 encoder did not say how many samples it was given.");

    [GeneratedRegex(@"^(\[[^\]]* @ 0x[0-9a-f]+\] )?\[(error|fatal)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Error();

    [GeneratedRegex(
        @"^\[verbose\]   Output stream .* frames encoded \((?<samples>\d+) samples\)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Summary();
}

/// <param name="Bytes">Bytes of whole frames.</param>
/// <param name="Samples">Number of samples that they hold.</param>
internal sealed record EncodedPart(ReadOnlyMemory<byte> Bytes, long Samples);
