using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>
/// The retry policy of everything that is fetched, be it a file, a segment, a key or a playlist: which failures may pass, how often
/// one in a row is borne and how long is waited before the next try. One of them counts the tries of one connection.
/// </summary>
internal sealed class Retries(FetchLimits limits)
{
    /// <summary>Failures in a row, none of which brought anything.</summary>
    private int _failures;

    /// <summary>The last try failed, so that the next may be made in another way.</summary>
    public bool HasFailed => _failures > 0;

    public void Succeeded() => _failures = 0;

    /// <summary>True where an origin may be refusing for the number of connections; it is asked again, by fewer.</summary>
    public static bool IsCrowded(FetchFailure failure) =>
        failure.Error == MediaError.SourceRateLimited && !(failure.RetryAfter > FetchFailure.LongestWait);

    /// <param name="failure">Failure of the try.</param>
    /// <param name="cause">Exception that was thrown.</param>
    /// <param name="mayPass">True where it may pass for a reason that the failure itself does not know.</param>
    /// <param name="gotFurther">The try brought something new before it failed.</param>
    /// <returns>How long to wait before the next try.</returns>
    /// <exception cref="MediaException">There should be none.</exception>
    public TimeSpan After(FetchFailure failure, Exception cause, bool mayPass = false, bool gotFurther = false)
    {
        _failures = gotFurther ? 1 : _failures + 1;
        if (!(mayPass || failure.TryAgain || IsCrowded(failure)) || _failures >= limits.Tries)
        {
            throw failure.ToException(cause);
        }
        var wait = limits.Backoff * Math.Pow(2, _failures - 1);
        return failure.RetryAfter > wait ? failure.RetryAfter.Value : wait;
    }
}
