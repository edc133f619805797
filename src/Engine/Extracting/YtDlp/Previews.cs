using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>SoundCloud's first half minute of a track whose whole is for subscribers. The extractor lists it as one more format.</summary>
internal static class Previews
{
    /// <summary>Ending of the extractor's names for these formats.</summary>
    private const string Mark = "_preview";

    /// <exception cref="MediaException"><c>login_required</c> where there is nothing else: half a minute is not what was asked for.</exception>
    public static IReadOnlyList<SourceFormat> LeaveOut(
        string? extractorKey,
        IReadOnlyList<SourceFormat> formats,
        Uri requested
    )
    {
        if (extractorKey != "Soundcloud")
            return formats;
        List<SourceFormat> whole = [.. formats.Where(format => !format.Id.EndsWith(Mark, StringComparison.Ordinal))];
        return whole.Count > 0
            ? whole
            : throw new MediaException(
                MediaError.LoginRequired,
                $"{requested.Host} plays {requested.AbsolutePath} in full only to its subscribers; without an account it has no more than a preview."
            );
    }
}
