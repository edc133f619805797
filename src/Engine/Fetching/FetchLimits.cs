using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>Limits of a fetch: bytes, rate, patience.</summary>
internal sealed record FetchLimits
{
    /// <summary>Bytes of one file.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Bytes a second, on average over <see cref="RateWindow"/>.</summary>
    public required long MinimumRate { get; init; }
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time without a byte after which a connection is given up.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for one connection of several, whose part the others can bring.</summary>
    public TimeSpan ImpatientStallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row, none of which brought the file further.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Pause before the second try; doubled for each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <param name="size">Size that the source says, where it does.</param>
    public MediaException TooLarge(long? size) =>
        new(
            MediaError.TooLarge,
            $"The file has {(size is null ? "more than" : $"{size} bytes, and the limit is")} {MaxBytes} bytes. Choose a lower quality."
        )
        {
            Figures = new Dictionary<string, object?> { ["max_bytes"] = MaxBytes, ["size"] = size },
        };
}
