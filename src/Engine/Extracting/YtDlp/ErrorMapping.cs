using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>A worker's failure as a <see cref="MediaException"/>. Pure.</summary>
internal static partial class ErrorMapping
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <param name="failure">Failure as the worker said it.</param>
    /// <param name="url">Address that was asked for.</param>
    /// <param name="now">Time now, for a Retry-After that is a date.</param>
    public static MediaException Map(WorkerFailure failure, Uri url, DateTimeOffset now)
    {
        var host = url.Host;
        var text = SourceTexts.Clean(failure.Message);
        return failure.Kind switch
        {
            "not_started" => NotStarted(
                url,
                failure.StartsAt,
                new UpcomingStream(failure.VideoId, failure.Title, failure.ExtractorKey)
            ),
            "not_live" => new(MediaError.NotStarted, $"Nothing is on air at {host} now; try again when it is."),
            "geo" => GeoBlocked(host, text, failure.Countries ?? []),
            "unsupported" => new(
                MediaError.UnsupportedUrl,
                $"No video or audio was found at {host}{url.AbsolutePath}; send the address of a medium or of a page with one."
            ),
            "no_media" => new(
                MediaError.ContentNotFound,
                $"This entry of the page at {host}{url.AbsolutePath} is a picture, or a medium that is gone: it has no video or audio."
            ),
            "unsupported_protocol" => new(
                MediaError.UnsupportedUrl,
                $"The stream at {host} is sent in a way that cannot be fetched safely; choose another format."
            ),
            "request" => new(
                MediaError.UnsupportedUrl,
                $"The page at {host} points to an address that is neither http nor https, so it is not fetched."
            ),
            "timeout" => new(MediaError.SourceTimeout, $"{host} did not answer in time; try again later."),
            "memory" => new(MediaError.SourceFailed, $"{host} answered with more than can be read as a page."),
            "processor" => new(
                MediaError.SourceFailed,
                $"{host} answered with what takes too much of the processor to be read."
            ),
            "nonsense" => new(
                MediaError.SourceFailed,
                $"The extractor was stopped at the page at {host}: what it said was no answer."
            ),
            "too_large" => new(MediaError.TooLarge, $"The medium at {host} is larger than what may be fetched."),
            "disk" => new(MediaError.Overloaded, "There is no room on this server's disk at present; try again later."),
            "overloaded" => new(MediaError.Overloaded, "This server has too much to do at present; try again later."),
            "dns" => new(
                MediaError.SourceFailed,
                $"The name of a server that {host} needs was not found; check the URL for typing errors."
            ),
            "tls" => new(
                MediaError.SourceFailed,
                $"No trusted connection to {host} could be made: its certificate or encryption was not accepted."
            ),
            "proxy" => Unreachable(host, failure.Message),
            "incomplete" => new(MediaError.SourceFailed, $"{host} broke off before everything was sent; try again."),
            "network" => new(MediaError.SourceFailed, $"The connection to {host} failed; try again later."),
            "changed" => Changed(host),
            "http" or "extractor" => FromText(failure, text, host)
                ?? FromStatus(failure, host, now)
                ?? (failure.Expected ? Unclear(host, text) : Changed(host)),
            _ => new(MediaError.SourceFailed, $"The extractor failed at the page at {host}; try again later."),
        };
    }

    /// <param name="url">Address that was asked for.</param>
    /// <param name="startsAt">Unix seconds, where the platform says so.</param>
    /// <param name="stream">Stream as the extractor describes it otherwise.</param>
    public static MediaException NotStarted(Uri url, double? startsAt, UpcomingStream stream)
    {
        var figures = new Dictionary<string, object?>
        {
            ["platform"] = Platforms.Of(stream.ExtractorKey).Name,
            ["video_id"] = stream.Id,
            ["media_title"] = stream.Title,
        };
        if (startsAt is not (> 0 and < 32_503_680_000))
        {
            return new(
                MediaError.NotStarted,
                $"The live stream at {url.Host} has not begun; try again when it is on air, or have it waited for."
            )
            {
                Figures = figures,
            };
        }

        var start = DateTimeOffset.FromUnixTimeSeconds((long)startsAt);
        var when = start.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new(
            MediaError.NotStarted,
            $"The live stream at {url.Host} begins at {when}; try again then, or have it waited for."
        )
        {
            Figures = new Dictionary<string, object?>(figures) { ["starts_at"] = start },
        };
    }

    private static MediaException GeoBlocked(string host, string text, IReadOnlyList<string> countries)
    {
        var where = countries.Count is > 0 and <= 10 ? $" It is shown in: {string.Join(", ", countries)}." : "";
        return new(
            MediaError.GeoBlocked,
            $"{host} does not show the medium in this server's country ({Quoted(text)}).{where}"
        )
        {
            Figures = countries.Count == 0 ? [] : new Dictionary<string, object?> { ["countries"] = countries },
        };
    }

    /// <summary>A platform's words, which may have quotation marks of their own.</summary>
    private static string Quoted(string text) => $"\"{text.Replace('"', '\'')}\"";

    private static MediaException Unreachable(string host, string message) =>
        ProxyStatus().Match(message) is { Success: true } match && match.Groups["status"].Value == "504"
            ? new(MediaError.SourceTimeout, $"{host} did not answer in time; try again later.")
            : new(
                MediaError.SourceFailed,
                $"{host}, or a server it needs, could not be reached; check the URL or try again later."
            );

    private static MediaException? FromText(WorkerFailure failure, string text, string host)
    {
        // Only what the extractor foresaw is the platform's word; the rest are its own complaints.
        var speaks = failure.Expected || TikTokStatus().IsMatch(failure.Message);
        if (!speaks || PlainStatus().IsMatch(text) || SourceTexts.Read(text, host) is not var (error, sentence))
        {
            return null;
        }

        return new MediaException(error, $"{sentence} It said: {Quoted(text)}.");
    }

    private static MediaException? FromStatus(WorkerFailure failure, string host, DateTimeOffset now) =>
        failure.Status switch
        {
            null => null,
            404 or 410 => new(
                MediaError.ContentNotFound,
                $"There is nothing at this address: {host} answered {failure.Status}."
            ),
            401 or 402 => new(
                MediaError.LoginRequired,
                $"{host} shows this page only to people who are logged in (it answered {failure.Status})."
            ),
            403 => new(
                MediaError.SourceBlocked,
                $"{host} refuses this server (it answered 403); whoever runs it may use another network address or proxy."
            ),
            429 => new(
                MediaError.SourceRateLimited,
                $"{host} has had too many requests from this server; try again later."
            )
            {
                RetryAfter = ParseRetryAfter(failure.RetryAfter, now),
            },
            451 => new(
                MediaError.GeoBlocked,
                $"{host} may not show this page here for legal reasons (it answered 451)."
            ),
            408 or 504 => new(MediaError.SourceTimeout, $"{host} did not answer in time; try again later."),
            >= 300 and < 400 => new(MediaError.SourceFailed, $"{host} redirects in a circle."),
            _ => new(MediaError.SourceFailed, $"{host} answered with an error ({failure.Status}); try again later.")
            {
                RetryAfter = ParseRetryAfter(failure.RetryAfter, now),
            },
        };

    /// <summary>Failures that the extractor did not foresee, which it asks people to report: mostly, the site was rebuilt.</summary>
    private static MediaException Changed(string host) =>
        new(
            MediaError.SourceFailed,
            $"The page at {host} is built in a way the extractor does not know (yet); a newer yt-dlp may. Try again later."
        );

    private static MediaException Unclear(string host, string text) =>
        new(
            MediaError.SourceFailed,
            text.Length == 0
                ? $"The page at {host} could not be read."
                : $"The page at {host} could not be read: {Quoted(text)}."
        );

    private static TimeSpan? ParseRetryAfter(string? header, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out var value))
        {
            return null;
        }

        var delay = value.Delta ?? value.Date - now;
        return delay < TimeSpan.Zero ? TimeSpan.Zero
            : delay > LongestRetryAfter ? LongestRetryAfter
            : delay;
    }

    [GeneratedRegex(
        @"Tunnel connection failed: (?<status>\d{3})",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ProxyStatus();

    /// <summary>The extractor's own words around a status, in which "Not Found" is not a reason but a phrase of HTTP's.</summary>
    [GeneratedRegex(@"HTTP Error \d{3}: ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainStatus();

    /// <summary>TikTok's "not available" carries a code of its own, though the extractor does not count it as foreseen.</summary>
    [GeneratedRegex(@"not available, status code \d+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TikTokStatus();
}
