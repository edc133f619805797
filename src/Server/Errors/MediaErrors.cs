using Decant.Engine.Errors;

namespace Decant.Server.Errors;

/// <summary>The contract's table of errors: what status and title each of the engine's codes has on the wire.</summary>
internal static class MediaErrors
{
    private static readonly Dictionary<string, ApiError> ByCode = Table().ToDictionary(error => error.Code);

    /// <summary>The errors that somebody else's page may be the reason of.</summary>
    public static IReadOnlyCollection<ApiError> All => ByCode.Values;

    public static ApiError ToApiError(this MediaError error) =>
        ByCode.TryGetValue(error.Code, out var known)
            ? known
            : new ApiError(502, error.Code, "The source could not be used", error.Retryable);

    /// <returns>The error answer for a failure of the media or the source; null for a fault of the server's own.</returns>
    public static ApiException? ToRefusal(this Exception exception) =>
        exception as ApiException ?? (exception as MediaException)?.ToRefusal();

    public static ApiException ToRefusal(this MediaException media)
    {
        var figures = new Dictionary<string, object?>(media.Figures);
        if (media.Field is { } field)
        {
            figures.TryAdd("errors", new Dictionary<string, string[]> { [field] = [media.Message] });
        }

        return new ApiException(media.Error.ToApiError() with { Retryable = media.MayPass }, media.Message)
        {
            Figures = figures,
            RetryAfter = media.RetryAfter,
        };
    }

    private static IEnumerable<ApiError> Table()
    {
        ApiError Row(MediaError error, int status, string title) => new(status, error.Code, title, error.Retryable);

        return
        [
            Row(MediaError.InvalidRequest, 400, ApiError.InvalidRequest.Title),
            Row(MediaError.InvalidUrl, 400, "The URL is not valid"),
            Row(MediaError.UnsupportedUrl, 400, "Nothing can be had from this URL"),
            Row(MediaError.UnknownFormat, 400, "There is no such format"),
            Row(MediaError.PrivateContent, 403, "The content is private"),
            Row(MediaError.LoginRequired, 403, "The platform wants a login"),
            Row(MediaError.AgeRestricted, 403, "The content is age-restricted"),
            Row(MediaError.GeoBlocked, 403, "The content is not available in this server's region"),
            Row(MediaError.DrmProtected, 403, "The content is protected by DRM"),
            Row(MediaError.SourceBlocked, 403, "The platform refuses this server"),
            Row(MediaError.BlockedAddress, 403, "The address may not be reached"),
            Row(MediaError.ContentNotFound, 404, "The content is not available"),
            Row(MediaError.NotStarted, 409, "The live stream has not begun"),
            Row(MediaError.TooLong, 413, "The medium is too long"),
            Row(MediaError.TooLarge, 413, "The medium is too large"),
            Row(MediaError.SourceFailed, 502, "The source failed"),
            Row(MediaError.SourceRateLimited, 503, "The source asks for a pause"),
            Row(MediaError.Overloaded, 503, "The server is overloaded"),
            Row(MediaError.SourceTimeout, 504, "The source took too long"),
        ];
    }
}
