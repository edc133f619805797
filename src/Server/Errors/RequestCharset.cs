using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Errors;

/// <summary>Refuses bodies in a charset that nobody knows: the framework takes them for a fault of the server's own.</summary>
internal static class RequestCharset
{
    public static void RefuseUnknownCharsets(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
                && HeaderUtilities.RemoveQuotes(type.Charset).ToString() is { Length: > 0 } charset
                && !IsKnown(charset)
                    ? Problem.WriteAsync(
                        context,
                        ApiException.Invalid(
                            "body",
                            $"The charset '{charset}' of the Content-Type is not known here. Send UTF-8, with no charset at all."
                        )
                    )
                    : next(context)
        );

    private static bool IsKnown(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
