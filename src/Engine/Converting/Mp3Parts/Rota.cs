using System.Globalization;

namespace Decant.Engine.Converting.Mp3Parts;

/// <summary>
/// Assignment of a sound's parts to encoders, in turn, each part with sound before and after it whose frames are
/// thrown away. An encoder hears its parts as one sound, which saves starting a child for each. All lengths are in samples.
/// </summary>
/// <param name="Encoders">Number of encoders that take turns.</param>
/// <param name="PartBlocks">Blocks of a part.</param>
internal sealed record Rota(int Encoders, int PartBlocks)
{
    /// <summary>Unit that is encoded or skipped as a whole: four frames of an mp3, eight where the rate is low, so that the parts' frames are those of one pass.</summary>
    private const int Block = 4608;

    /// <summary>Blocks before a part: its encoder must have heard what comes before.</summary>
    private const int LeadBlocks = 3;

    /// <summary>Blocks after it: encoders look ahead.</summary>
    private const int TailBlocks = 1;

    /// <summary>Longest part: long against the sound around it, short against what is encoded in a moment.</summary>
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(30);

    private long Part => (long)PartBlocks * Block;
    private long Turn => (LeadBlocks + PartBlocks + TailBlocks) * (long)Block;

    /// <summary>Makes a rota in which all encoders finish at the same time.</summary>
    /// <param name="duration">Length of the sound, more or less.</param>
    /// <param name="rate">Hz.</param>
    /// <param name="encoders">Number of encoders.</param>
    public static Rota Of(TimeSpan duration, int rate, int encoders)
    {
        var rounds = Math.Ceiling(duration / (LongestPart * encoders));
        return new Rota(encoders, (int)Math.Ceiling(duration.TotalSeconds * rate / (rounds * encoders * Block)));
    }

    /// <summary>ffmpeg's filters that leave an encoder what it is to hear (<c>n</c> counts the blocks of the whole sound).</summary>
    /// <param name="encoder">The first is 0.</param>
    public string Filters(int encoder)
    {
        var first = encoder * PartBlocks - LeadBlocks;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"asetnsamples=n={Block}:p=0,aselect='gte(n,{first})*lt(mod(n-({first}),{Encoders * PartBlocks}),{Turn / Block})',asetpts=N/SR/TB"
        );
    }

    /// <summary>Offset into its turn at which an encoder begins: before the first part there is no sound.</summary>
    public static long Start(int encoder) => encoder == 0 ? LeadBlocks * Block : 0;

    /// <param name="heard">Length that an encoder has heard in its rota, from where it <see cref="Start">began</see>.</param>
    /// <returns>True where the position belongs to the encoder's part.</returns>
    public bool IsOfPart(long heard) =>
        heard % Turn is var into && into >= LeadBlocks * Block && into < Turn - TailBlocks * Block;

    /// <param name="encoder">The first is 0.</param>
    /// <param name="heard">Samples it was given; at least one.</param>
    /// <returns>End of the last part, in samples.</returns>
    public long EndOf(int encoder, long heard)
    {
        var (turns, into) = Math.DivRem(heard + Start(encoder) - 1, Turn);
        return (turns * Encoders + encoder) * Part - LeadBlocks * Block + into + 1;
    }
}
