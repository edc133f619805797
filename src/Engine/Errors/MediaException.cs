namespace Decant.Engine.Errors;

/// <summary>The one exception family of the engine: a stable error and a sentence for a person.</summary>
/// <param name="error">The failure.</param>
/// <param name="message">Description that names the thing and quotes the value; safe to show to any client.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class MediaException(MediaError error, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public MediaError Error { get; } = error;

    /// <summary>The request field at fault, in the wire's snake_case, where there is one.</summary>
    public string? Field { get; init; }

    /// <summary>Trying again cannot help, although failures of this code often pass: the file itself is broken, or gone for good.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The same request may succeed later without anything being changed.</summary>
    public bool MayPass => Error.Retryable && !IsFinal;

    /// <summary>The rendition (<c>SourceFormat.Id</c>) that is gone for good, where others of the medium may be there.</summary>
    internal string? GoneFormat { get; init; }

    /// <summary><c>Retry-After</c> of the source, where it gave one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Figures for the client, by wire name (<c>max_duration</c>, <c>starts_at</c>, <c>countries</c> …).</summary>
    public IReadOnlyDictionary<string, object?> Figures { get; init; } = new Dictionary<string, object?>();

    /// <summary>The same for another caller: one object thrown twice would mix its stack traces.</summary>
    public MediaException Anew() =>
        new(Error, Message, this)
        {
            Field = Field,
            RetryAfter = RetryAfter,
            Figures = Figures,
        };
}
