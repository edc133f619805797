namespace Decant.Engine.Planning;

/// <summary>Treatment of a stream: copied or encoded.</summary>
internal abstract record StreamTreatment
{
    /// <summary>The codec that comes out.</summary>
    public abstract string OutputCodec { get; }
}

/// <summary>Goes over as it is.</summary>
/// <param name="Codec">Codec of the stream.</param>
/// <param name="IsVideo">Picture or sound.</param>
/// <param name="Tag">Four-character code to write, where players look for another than the usual.</param>
internal sealed record CopyStream(string Codec, bool IsVideo, string? Tag = null) : StreamTreatment
{
    public override string OutputCodec => Codec;
}

/// <param name="Codec">Codec to encode to.</param>
/// <param name="Size">The size to scale to; null keeps the source's.</param>
/// <param name="Tag">Four-character code to write.</param>
/// <param name="ConstantFrameRate">Give every frame the same time.</param>
internal sealed record EncodeVideo(string Codec, PictureSize? Size, string? Tag = null, bool ConstantFrameRate = false)
    : StreamTreatment
{
    public override string OutputCodec => Codec;

    /// <summary>High dynamic range goes over in ten bits, under this transfer function (ffmpeg's word); null for a picture without.</summary>
    public string? KeptTransfer { get; init; }

    /// <summary>High dynamic range under this transfer function is brought down to what every screen shows; null for a picture without.</summary>
    public string? ToneMappedFrom { get; init; }
}

/// <param name="Codec">Codec to encode to.</param>
/// <param name="BitsPerSecond">Bit rate; null for a lossless codec.</param>
/// <param name="Channels">Mixed down to so many; null keeps the source's.</param>
/// <param name="SampleRate">Resampled to so many Hz; null keeps the source's.</param>
internal sealed record EncodeAudio(string Codec, long? BitsPerSecond, int? Channels = null, int? SampleRate = null)
    : StreamTreatment
{
    public override string OutputCodec => Codec;

    /// <summary>True where more than two channels come out: some encoders want the layout named.</summary>
    public bool Surround { get; init; }

    /// <summary>Integrated loudness it is brought to (LUFS); null leaves it as it is.</summary>
    public double? Loudness { get; init; }

    /// <summary>The rate (Hz) it has before the encoder; null where the source's is not known.</summary>
    public int? LoudnessRate { get; init; }

    /// <summary>The source is lossless and has more than 16 bits a sample, which are worth keeping.</summary>
    public bool Deep { get; init; }
}
