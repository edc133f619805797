using System.Globalization;
using Decant.Engine.Errors;

namespace Decant.Engine.Converting;

/// <summary>What ffmpeg's failures mean. Its words stay in the log: they hold paths of the server.</summary>
internal static class ConversionFailure
{
    private const int KilledBySignal = 128;
    private const int FileSizeExceeded = KilledBySignal + 25;
    private const int Killed = KilledBySignal + 9;

    /// <summary>What demuxers say of a file that ends too early, while ffmpeg still exits with 0.</summary>
    private static readonly string[] CutShortSigns = ["partial file", "File ended prematurely", "Truncating packet"];

    private static readonly string[] OursSigns =
    [
        "No space left on device",
        "Cannot allocate memory",
        "Disk quota exceeded",
    ];

    public static MediaException? CutShort(ChildOutcome outcome) =>
        Says(outcome, CutShortSigns)
            ? new MediaException(
                MediaError.SourceFailed,
                "The source's file is broken: it ends before its announced end."
            )
            : null;

    public static MediaException From(ChildOutcome outcome, long maxBytes) =>
        outcome switch
        {
            { ExitCode: FileSizeExceeded } => TooLarge(maxBytes),
            _ when Says(outcome, ["File too large"]) => TooLarge(maxBytes),
            { ExitCode: Killed } => new MediaException(
                MediaError.Overloaded,
                "This server ran out of memory or time while converting. Try again later."
            ),
            _ when Says(outcome, OursSigns) => new MediaException(
                MediaError.Overloaded,
                "This server ran out of disk or memory while converting. Try again later."
            ),
            _ => CutShort(outcome)
                ?? new MediaException(
                    MediaError.SourceFailed,
                    "The source's file is broken: it could not be converted."
                ),
        };

    private static MediaException TooLarge(long maxBytes) =>
        new(
            MediaError.TooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The finished file would exceed the limit of {maxBytes} bytes. Ask for a lower quality."
            )
        )
        {
            Figures = new Dictionary<string, object?> { ["max_bytes"] = maxBytes },
        };

    private static bool Says(ChildOutcome outcome, string[] signs) =>
        outcome.Errors.Any(line => signs.Any(sign => line.Contains(sign, StringComparison.Ordinal)));
}
