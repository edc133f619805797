using Microsoft.AspNetCore.Http;

namespace Decant.Server.Manners;

/// <summary>Looks into the results of handlers.</summary>
internal static class Answers
{
    /// <returns>The value that a 200 answers as JSON; null for any other result.</returns>
    public static object? ValueOf(object? result) =>
        (result is INestedHttpResult nested ? nested.Result : result) switch
        {
            IStatusCodeHttpResult { StatusCode: not (null or StatusCodes.Status200OK) } => null,
            IValueHttpResult { Value: { } value } => value,
            _ => null,
        };
}
