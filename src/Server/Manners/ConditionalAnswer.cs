using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Decant.Server.Manners;

/// <summary>An answer to a GET with the tag of what it says, sent only to a client that has another one (RFC 9110, 13).</summary>
internal sealed class ConditionalAnswer : IResult
{
    private const int TagBytes = 12;

    private readonly byte[] _body;

    private ConditionalAnswer(object value, JsonSerializerOptions json)
    {
        _body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json);
        // Weak: the same in whatever content coding it is sent.
        Tag = new EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(_body).AsSpan(..TagBytes))}\"",
            true
        );
    }

    public EntityTagHeaderValue Tag { get; }

    public static ConditionalAnswer Of(object value, HttpContext context) =>
        new(value, context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    /// <summary>Answers with an ETag, or with 304; for every GET that has JSON for an answer.</summary>
    public static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var result = await next(invocation);
        return HttpMethods.IsGet(invocation.HttpContext.Request.Method) && Answers.ValueOf(result) is { } value
            ? Of(value, invocation.HttpContext)
            : result;
    }

    /// <summary>The client says that it has this already.</summary>
    public bool IsKnownTo(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .IfNoneMatch.Any(known =>
                known.Equals(EntityTagHeaderValue.Any) || known.Compare(Tag, useStrongComparison: false)
            );

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.GetTypedHeaders().ETag = Tag;
        // Kept by the client alone, and asked about each time.
        response.Headers.CacheControl = "private, no-cache";
        if (IsKnownTo(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = _body.Length;
        await response.Body.WriteAsync(_body, httpContext.RequestAborted);
    }
}
