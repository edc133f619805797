using System.Globalization;
using Decant.Engine.Children;
using Decant.Engine.Errors;

namespace Decant.Engine.Converting;

/// <summary>Meaning of ffmpeg's failures. Its words stay in the log: they hold paths of the server.</summary>
internal static class ConversionFailure
{
    private const int KilledBySignal = 128;
    private const int FileSizeExceeded = KilledBySignal + 25;
    private const int Killed = KilledBySignal + 9;

    /// <summary>Messages of demuxers for a file that ends too early, while ffmpeg still exits with 0.</summary>
    private static readonly string[] CutShortSigns = ["partial file", "File ended prematurely", "Truncating packet"];

    private static readonly string[] DiskSigns = ["No space left on device", "Disk quota exceeded"];

    /// <returns>What went wrong; null where nothing did. ffmpeg 5.1 exits with 0 although a trailer could not be written or a source ended early.</returns>
    public static MediaException? From(ChildOutcome outcome, long maxBytes) =>
        outcome switch
        {
            { IsIdle: true } => new MediaException(
                MediaError.SourceFailed,
                "Converting the source's file stood still: the file is broken, or made to do that."
            )
            {
                IsFinal = true,
            },
            { ExitCode: FileSizeExceeded } => TooLarge(maxBytes),
            _ when Says(outcome, ["File too large"]) => TooLarge(maxBytes),
            { IsSpent: true } => new MediaException(
                MediaError.SourceFailed,
                "The source's file takes more of the processor than converting one of its length may: it is broken, or made to."
            )
            {
                IsFinal = true,
            },
            { ExitCode: Killed } => Overloaded("it was killed"),
            _ when Says(outcome, DiskSigns) => Overloaded("the disk is full"),
            // A machine without memory kills; this is the run's own limit, and a damaged header may ask for anything.
            _ when Says(outcome, ["Cannot allocate memory"]) => new MediaException(
                MediaError.SourceFailed,
                "The source's file is broken, or needs more memory than converting one may take."
            ),
            _ when Says(outcome, CutShortSigns) => new MediaException(
                MediaError.SourceFailed,
                "The source's file is broken: it ends before its announced end."
            )
            {
                IsFinal = true,
            },
            { Succeeded: true } => null,
            _ => new MediaException(
                MediaError.SourceFailed,
                "The source's file could not be converted: it is broken, or of a kind that this server's ffmpeg does not read."
            )
            {
                IsFinal = outcome.ExitCode is >= 0 and < 128,
            },
        };

    private static MediaException Overloaded(string why) =>
        new(MediaError.Overloaded, $"This server could not finish converting ({why}). Try again later.");

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
