namespace Decant.Engine.Planning;

/// <summary>A row of the container table: a codec that a container may hold, with the bounds within which it is copied.</summary>
/// <param name="Codec">Codec in ffmpeg's words.</param>
internal sealed record CodecRule(string Codec)
{
    public Fit Fit { get; init; } = Fit.Natural;

    /// <summary>Pixel formats that play; null for all.</summary>
    public IReadOnlyList<string>? PixelFormats { get; init; }

    /// <summary>Sample rates the container can say (Hz); null for all.</summary>
    public IReadOnlyList<int>? SampleRates { get; init; }

    /// <summary>Codec profiles that the container can say; null for all.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>The four-character code players look for, where ffmpeg's own choice is another.</summary>
    public string? Tag { get; init; }

    public bool AdmitsPicture(string? pixelFormat) =>
        PixelFormats is null || (pixelFormat is not null && PixelFormats.Contains(pixelFormat));

    public bool AdmitsSound(int? sampleRate, string? profile) =>
        (SampleRates is null || (sampleRate is { } rate && SampleRates.Contains(rate)))
        && (Profiles is null || profile is null || Profiles.Contains(profile));
}

/// <summary>Fitness of a codec for a container, best first.</summary>
internal enum Fit
{
    /// <summary>The codec that players of such files expect.</summary>
    Natural,

    /// <summary>Plays nearly everywhere.</summary>
    Fair,

    /// <summary>Taken only where the source has nothing better at that height: not every player of such files plays it.</summary>
    LastResort,

    /// <summary>The site does not say what it is; it may fit.</summary>
    Unknown,

    /// <summary>Does not fit and must be encoded.</summary>
    None,
}
