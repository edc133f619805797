using System.Text.Json;

namespace Decant.Client;

/// <summary>The one way in which this client fails, arguments and the caller's own cancellation aside.</summary>
public sealed class DecantException : Exception
{
    /// <summary>Code of a request that got no answer: no connection, or a connection that broke or fell silent.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>An answer came, and not as a Decant server gives it.</summary>
    public const string UnexpectedAnswer = "unexpected_answer";

    /// <summary>The job was cancelled before anything was delivered.</summary>
    public const string JobCancelled = "job_cancelled";

    /// <summary>The job's file is not kept any more.</summary>
    public const string FileGone = "file_gone";

    /// <summary>The file that came is not as long as it was announced.</summary>
    public const string WrongLength = "wrong_length";

    /// <summary>A file is there already, and it is not to be replaced.</summary>
    public const string FileExists = "file_exists";

    internal DecantException(string code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>
    /// Stable: of the server's table (<c>insufficient_api_balance</c>, <c>private_content</c> …), whether a request was refused
    /// or a job failed; or one of the constants here.
    /// </summary>
    public string Code { get; }

    /// <summary>The HTTP status; null where no answer came, and where a job failed after it was accepted.</summary>
    public int? Status { get; internal init; }

    /// <summary>The same request may succeed later. The client has retried by itself where that is safe.</summary>
    public bool Retryable { get; internal init; }

    /// <summary>Time to wait before a retry; null where the server does not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Finds the request in the server's log.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>The figures that apply, by wire name: <c>required_credits</c>, <c>max_duration</c>, <c>errors</c> …</summary>
    public IReadOnlyDictionary<string, JsonElement> Figures { get; internal init; } =
        new Dictionary<string, JsonElement>();

    /// <summary>The job that failed or was cancelled; null where a request was refused.</summary>
    public Job? Job { get; internal init; }
}
