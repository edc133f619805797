using System.Text.Json;
using Decant.Engine.Errors;
using Decant.Engine.Extracting.Spotify;
using Decant.Engine.Extracting.YtDlp;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting;

/// <summary>Asks whoever knows a page, and counts how platforms answer.</summary>
internal sealed class SourceLookUp(Extractor extractor, SpotifySource spotify, HlsLook hls, LookUpTally tally)
{
    public Task<LookedUp> InspectAsync(SourcePage page, InspectOptions inspect, CancellationToken cancellationToken) =>
        CountAsync(
            page,
            async () =>
                SpotifyAddress.Covers(page.Url)
                    ? new LookedUp(await spotify.InspectAsync(page.Url, inspect, cancellationToken))
                    : await extractor.TryInspectPlainAsync(page, cancellationToken)
                        ?? await AskAsync(page, inspect, cancellationToken)
        );

    /// <param name="page">The list's.</param>
    /// <param name="inspect">Options of the look-up.</param>
    /// <param name="record">An entry's (<see cref="PlaylistEntry.Record"/>).</param>
    /// <param name="cancellationToken">Token that ends the look-up.</param>
    public Task<MediaInfo> InspectAsync(
        SourcePage page,
        InspectOptions inspect,
        JsonElement record,
        CancellationToken cancellationToken
    ) => CountAsync(page, () => extractor.InspectAsync(page, inspect, record, cancellationToken));

    private async Task<T> CountAsync<T>(SourcePage page, Func<Task<T>> lookUp)
    {
        try
        {
            var found = await lookUp();
            tally.Add(page.Url, error: null);
            return found;
        }
        catch (MediaException failure)
        {
            tally.Add(page.Url, failure.Error);
            throw;
        }
    }

    private async Task<MediaInfo> ExtractAsync(
        SourcePage page,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await extractor.InspectAsync(page, inspect, cancellationToken);
            // A playlist without a target duration the extractor takes for a master: each segment would be a format.
            return
                HlsLook.IsWorthIt(page)
                && (found.IsLive || !found.Formats.Any(format => format.Url == page.Url))
                && await hls.TryMediaAsync(page.Url, cancellationToken) is { } read
                && !read.IsLive
                ? read
                : await hls.CompleteAsync(found, cancellationToken);
        }
        catch (MediaException failure)
            when (failure.Error == MediaError.SourceFailed
                || failure.Error == MediaError.UnsupportedUrl
                || failure.Error == MediaError.ContentNotFound
                || failure.Error == MediaError.DrmProtected
            )
        {
            if (!HlsLook.IsWorthIt(page) || await hls.TryAsync(page.Url, cancellationToken) is not { } info)
            {
                throw;
            }
            return info;
        }
    }

    private async Task<LookedUp> AskAsync(SourcePage page, InspectOptions inspect, CancellationToken cancellationToken)
    {
        try
        {
            return new LookedUp(await ExtractAsync(page, inspect, cancellationToken));
        }
        catch (MediaException failure) when (IsOrigins(failure.Error))
        {
            // An origin that is slow, busy or gives each address once: the extractor asks twice, and waits for 20 s.
            if (await extractor.TryInspectSlowAsync(page, cancellationToken) is { } found)
            {
                return found;
            }

            throw;
        }
    }

    private static bool IsOrigins(MediaError error) =>
        error == MediaError.SourceFailed
        || error == MediaError.SourceBlocked
        || error == MediaError.SourceTimeout
        || error == MediaError.SourceRateLimited;
}
