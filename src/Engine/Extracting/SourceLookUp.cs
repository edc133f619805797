using Decant.Engine.Errors;
using Decant.Engine.Extracting.Spotify;
using Decant.Engine.Extracting.YtDlp;

namespace Decant.Engine.Extracting;

/// <summary>Asks whoever knows a page, and counts how platforms answer.</summary>
internal sealed class SourceLookUp(Extractor extractor, SpotifySource spotify, LookUpTally tally)
{
    public async Task<LookedUp> InspectAsync(
        SourcePage page,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = SpotifyAddress.Covers(page.Url)
                ? new LookedUp(await spotify.InspectAsync(page.Url, inspect, cancellationToken))
                : await extractor.TryInspectPlainAsync(page, cancellationToken)
                    ?? new LookedUp(await extractor.InspectAsync(page, inspect, cancellationToken));
            tally.Add(page.Url, error: null);
            return found;
        }
        catch (MediaException failure)
        {
            tally.Add(page.Url, failure.Error);
            throw;
        }
    }
}
