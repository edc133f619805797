namespace Decant.Server.Errors;

/// <summary>A refusal of the server's own, mapped to problem+json in one place. The engine's are <see cref="Engine.Errors.MediaException"/>.</summary>
internal sealed class ApiException(ApiError error, string detail) : Exception(detail)
{
    public ApiError Error { get; } = error;

    /// <summary>Figures by wire name, such as <c>required_credits</c>.</summary>
    public IReadOnlyDictionary<string, object?> Figures { get; init; } = new Dictionary<string, object?>();
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>A request with one field at fault, named as on the wire.</summary>
    public static ApiException Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>A request with several fields at fault.</summary>
    public static ApiException Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(ApiError.InvalidRequest, string.Join(' ', errors.SelectMany(field => field.Value)))
        {
            Figures = new Dictionary<string, object?> { ["errors"] = errors },
        };
}

/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Title">Short summary, the same for every occurrence.</param>
/// <param name="Retryable">The same request may succeed later.</param>
internal sealed record ApiError(int Status, string Code, string Title, bool Retryable = false)
{
    public static readonly ApiError InvalidRequest = new(400, "invalid_request", "The request is not valid");
    public static readonly ApiError Unauthenticated = new(401, "unauthenticated", "A valid credential is needed");
    public static readonly ApiError InsufficientCredits = new(402, "insufficient_credits", "Not enough credits");
    public static readonly ApiError InsufficientApiBalance = new(
        402,
        "insufficient_api_balance",
        "Not enough money in the API wallet"
    );
    public static readonly ApiError KeyRevoked = new(403, "key_revoked", "The key is revoked or expired");
    public static readonly ApiError Forbidden = new(403, "forbidden", "Not allowed");
    public static readonly ApiError BadSignature = new(403, "bad_signature", "The link is changed or expired");
    public static readonly ApiError NotFound = new(404, "not_found", "There is no such thing here");
    public static readonly ApiError MethodNotAllowed = new(
        405,
        "method_not_allowed",
        "The method does not fit the path"
    );
    public static readonly ApiError IdempotencyConflict = new(
        409,
        "idempotency_conflict",
        "The key was used with another request"
    );
    public static readonly ApiError IdempotencyInProgress = new(
        409,
        "idempotency_in_progress",
        "The first request with this key is under way",
        Retryable: true
    );
    public static readonly ApiError WrongState = new(409, "wrong_state", "The present state does not allow this");
    public static readonly ApiError RateLimited = new(429, "rate_limited", "Too many requests", Retryable: true);
    public static readonly ApiError TooLarge = new(413, "too_large", "The request is too large");
    public static readonly ApiError Internal = new(500, "internal_error", "Something went wrong here", Retryable: true);
    public static readonly ApiError IssuerUnreachable = new(
        503,
        "issuer_unreachable",
        "The issuer of the token does not answer",
        Retryable: true
    );
    public static readonly ApiError ShuttingDown = new(503, "shutting_down", "The server is stopping", Retryable: true);
}
