using System.Net;
using System.Net.Http.Headers;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>Failure of a fetch, and whether asking again at once may help.</summary>
/// <param name="Error">Error that the client is told.</param>
/// <param name="Message">The sentence beside it; names the host, never the path, which may hold a signature.</param>
/// <param name="TryAgain">Another request now may succeed.</param>
/// <param name="RetryAfter">Time for which the source asked to be left alone.</param>
internal sealed record FetchFailure(MediaError Error, string Message, bool TryAgain, TimeSpan? RetryAfter = null)
{
    /// <summary>Waiting longer than this is the queue's business, not a fetch's.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>An origin that gives no more connections may say it this way.</summary>
    public bool MayBeCrowding =>
        (Error == MediaError.SourceFailed || Error == MediaError.SourceRateLimited) && !(RetryAfter > LongestWait);

    /// <summary>The origin may mean the <c>Range</c> and not the file: asked for all of it, it may give it.</summary>
    public bool MayBeAboutRange { get; init; }

    /// <summary>True for a failure that counts as final once all tries are used up.</summary>
    public bool StaysSo { get; init; }

    /// <summary>The address may have expired: looking the medium up again may bring a good one.</summary>
    public bool LinkMayBeDead { get; init; }

    public MediaException ToException(Exception cause) =>
        new(Error, Message, cause)
        {
            RetryAfter = RetryAfter,
            IsFinal = (!TryAgain || StaysSo) && RetryAfter is null && Error == MediaError.SourceFailed,
        };

    /// <summary>The failure of an answer that is neither the file nor a part of it.</summary>
    public static FetchFailure Of(HttpStatusCode status, string host, TimeSpan? retryAfter)
    {
        var said = $"'{host}' answered {(int)status}";
        var isPatient = retryAfter is null || retryAfter <= LongestWait;
        return (int)status switch
        {
            401 or 403 => new(
                MediaError.SourceFailed,
                $"{said}: the address of the file has expired or is not meant for this server.",
                false
            )
            {
                LinkMayBeDead = true,
                MayBeAboutRange = true,
            },
            404 or 410 => new(MediaError.ContentNotFound, $"{said}: the file is no longer there.", false)
            {
                LinkMayBeDead = true,
            },
            429 => new(MediaError.SourceRateLimited, $"{said}: too many requests.", false, retryAfter),
            451 => new(MediaError.GeoBlocked, $"{said}: not available here for legal reasons.", false),
            408 or 425 => new(MediaError.SourceFailed, $"{said}.", true),
            416 => new(
                MediaError.SourceFailed,
                $"{said}: it does not have the rest of the file it began to send.",
                false
            )
            {
                MayBeAboutRange = true,
            },
            400 or 405 or 406 or 412 => new(MediaError.SourceFailed, $"{said} instead of the file.", false)
            {
                MayBeAboutRange = true,
            },
            500 or 501 => new(MediaError.SourceFailed, $"{said}: an error of its own.", isPatient, retryAfter)
            {
                MayBeAboutRange = true,
            },
            >= 500 => new(MediaError.SourceFailed, $"{said}: an error of its own.", isPatient, retryAfter),
            _ => new(MediaError.SourceFailed, $"{said} instead of the file.", false),
        };
    }

    /// <summary>The failure behind an exception; null for one that is none of the source's doing.</summary>
    public static FetchFailure? Of(Exception exception, string host) =>
        exception switch
        {
            FetchException e => e.Failure,
            // The gate's: nobody answered. Its refusals are final.
            MediaException e when e.Error == MediaError.SourceFailed || e.Error == MediaError.SourceTimeout => new(
                e.Error,
                e.Message,
                true
            ),
            TimeoutException => new(MediaError.SourceTimeout, $"'{host}' stopped answering.", true),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => new(
                MediaError.SourceFailed,
                $"No secure connection to '{host}': its certificate or protocol is not acceptable.",
                false
            ),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => new(
                MediaError.SourceFailed,
                $"'{host}' cut the file short.",
                true
            )
            {
                StaysSo = true,
            },
            InvalidDataException => new(MediaError.SourceFailed, $"'{host}' sent bytes that cannot be unpacked.", true),
            HttpRequestException or IOException => new(
                MediaError.SourceFailed,
                $"The connection to '{host}' broke.",
                true
            ),
            _ => null,
        };

    public static TimeSpan? ReadRetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

/// <summary>Carries a failure up to where it is decided whether to try again.</summary>
internal sealed class FetchException(FetchFailure failure) : Exception(failure.Message)
{
    public FetchException(MediaError error, string message, bool tryAgain = false)
        : this(new FetchFailure(error, message, tryAgain)) { }

    public FetchFailure Failure { get; } = failure;
}
