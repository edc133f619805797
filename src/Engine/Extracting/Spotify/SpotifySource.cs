using Decant.Engine.Errors;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.Spotify;

/// <summary>
/// Spotify's tracks, episodes, albums and playlists: what they are is read there, and their sound, which Spotify protects and
/// nobody here touches, is that of the same recording on YouTube Music or YouTube. <c>docs/adr/0013</c>.
/// </summary>
internal sealed partial class SpotifySource(
    SpotifyReader reader,
    SpotifyWebApi? api,
    RecordingSearch search,
    Func<Uri, InspectOptions, CancellationToken, Task<MediaInfo>> inspectElsewhere,
    ILogger<SpotifySource> logger
)
{
    /// <summary>Number of matches that are looked up before giving up.</summary>
    private const int Tries = 3;

    private readonly SpotifyPages _pages = new(reader);

    /// <exception cref="MediaException">With the code that says why nothing can be had.</exception>
    public async Task<MediaInfo> InspectAsync(Uri url, InspectOptions inspect, CancellationToken cancellationToken)
    {
        var address = SpotifyAddress.Parse(SpotifyAddress.IsShort(url) ? await LongAsync(url, cancellationToken) : url);
        if (address.IsList)
        {
            var list = await ListAsync(address, inspect.MaxEntries, cancellationToken);
            return SpotifyMedia.Of(list);
        }

        var wanted = await RecordingAsync(address, cancellationToken);
        var matches = await search.FindAsync(wanted, cancellationToken);
        return await InspectFirstAsync(wanted, matches, inspect, cancellationToken);
    }

    private async Task<Uri> LongAsync(Uri shortLink, CancellationToken cancellationToken)
    {
        var page = await reader.FollowAsync(shortLink, cancellationToken);
        return SpotifyAddress.Covers(page) && !SpotifyAddress.IsShort(page)
            ? page
            : throw new MediaException(
                MediaError.ContentNotFound,
                $"The link {shortLink} leads to no page of Spotify's; it may have expired."
            );
    }

    private async Task<SpotifyRecording> RecordingAsync(SpotifyAddress address, CancellationToken cancellationToken)
    {
        if (api is not null)
        {
            try
            {
                return await api.RecordingAsync(address, cancellationToken);
            }
            catch (MediaException failure)
            {
                LogPages(address.Page, failure.Message);
            }
        }

        return await _pages.RecordingAsync(address, cancellationToken);
    }

    private async Task<SpotifyList> ListAsync(SpotifyAddress address, int most, CancellationToken cancellationToken)
    {
        if (api is not null)
        {
            try
            {
                return await api.ListAsync(address, most, cancellationToken);
            }
            catch (MediaException failure)
            {
                // Spotify's own playlists are shown to anybody but the API's users.
                LogPages(address.Page, failure.Message);
            }
        }

        return await _pages.ListAsync(address, most, cancellationToken);
    }

    /// <summary>The surest match that can be had: one may be blocked here while the next is not.</summary>
    private async Task<MediaInfo> InspectFirstAsync(
        SpotifyRecording wanted,
        IReadOnlyList<RecordingSearch.Match> matches,
        InspectOptions inspect,
        CancellationToken cancellationToken
    )
    {
        for (var index = 0; ; index++)
        {
            var match = matches[index];
            try
            {
                var found = await inspectElsewhere(
                    match.Result.Url,
                    new InspectOptions { BypassCache = inspect.BypassCache },
                    cancellationToken
                );
                return SpotifyMedia.Of(wanted, match, found);
            }
            catch (MediaException failure) when (IsOfTheMedium(failure) && index + 1 < Math.Min(matches.Count, Tries))
            {
                LogNext(match.Result.Url, failure.Message);
            }
        }
    }

    /// <summary>A platform that refuses this server, or is down, refuses the next one too.</summary>
    private static bool IsOfTheMedium(MediaException failure) =>
        !failure.Error.Retryable && failure.Error != MediaError.SourceBlocked;

    [LoggerMessage(
        LogLevel.Warning,
        "Spotify's Web API does not tell of {Page}, so its public pages are read: {Reason}"
    )]
    private partial void LogPages(Uri page, string reason);

    [LoggerMessage(LogLevel.Information, "The match {Url} cannot be had, so the next is tried: {Reason}")]
    private partial void LogNext(Uri url, string reason);
}
