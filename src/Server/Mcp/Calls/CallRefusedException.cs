using System.Globalization;
using System.Text.Json;
using Decant.Server.Errors;

namespace Decant.Server.Mcp.Calls;

/// <summary>A refusal of the API, or of a tool in the API's words.</summary>
internal sealed class CallRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The same call may succeed later.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>Seconds to wait before the next call.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Fields at fault, by name.</summary>
    public JsonElement? Errors { get; init; }

    /// <param name="problem">Body of the answer (RFC 9457).</param>
    /// <param name="retryAfter">Header of the answer.</param>
    public static CallRefusedException Of(JsonElement problem, string? retryAfter) =>
        new(problem.GetProperty("code").GetString()!, problem.GetProperty("detail").GetString()!)
        {
            IsRetryable = problem.GetProperty("retryable").GetBoolean(),
            RetryAfter = int.TryParse(retryAfter, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
            Errors = problem.TryGetProperty("errors", out var errors) ? errors.Clone() : null,
        };

    /// <summary>An argument at fault.</summary>
    public static CallRefusedException Invalid(string message) => new(ApiError.InvalidRequest.Code, message);
}
