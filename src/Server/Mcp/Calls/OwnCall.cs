using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Server.Mcp.Calls;

/// <summary>A call of the API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path, with its query.</param>
/// <param name="Body">Body, written as the wire writes it; null for none.</param>
internal sealed record OwnCall(string Method, string Path, object? Body = null)
{
    /// <summary>Headers that say who calls, and nothing else: what a proxy said is in the address and the scheme already.</summary>
    private static readonly string[] Credentials = ["X-API-Key", "Authorization"];

    /// <summary>Name of the request, so that it is done once.</summary>
    public string? IdempotencyKey { get; init; }

    /// <param name="from">Request on whose behalf it is.</param>
    /// <param name="services">Services of this call alone.</param>
    /// <param name="json">The wire's.</param>
    /// <param name="answer">Destination of the answer's body.</param>
    /// <param name="cancellationToken">Stands for a client that goes away.</param>
    public (HttpContext Context, CallEnding Ending) ToRequest(
        HttpContext from,
        IServiceProvider services,
        JsonSerializerOptions json,
        Stream answer,
        CancellationToken cancellationToken
    )
    {
        var ending = new CallEnding();
        var body = Body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(Body, Body.GetType(), json);
        var (path, query) = Path.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (Path, "");
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(
            new HttpRequestFeature
            {
                Method = Method,
                Path = path,
                QueryString = query,
                Protocol = from.Request.Protocol,
                Scheme = from.Request.Scheme,
                PathBase = from.Request.PathBase.Value ?? "",
                Body = new MemoryStream(body),
            }
        );
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyPresence(body.Length > 0));
        features.Set<IHttpResponseFeature>(ending);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        features.Set(from.Features.Get<IHttpConnectionFeature>());
        features.Set<IServiceProvidersFeature>(new CallServices(services));
        features.Set<IHttpRequestLifetimeFeature>(
            new HttpRequestLifetimeFeature { RequestAborted = cancellationToken }
        );

        var context = new DefaultHttpContext(features) { TraceIdentifier = from.TraceIdentifier };
        var headers = context.Request.Headers;
        headers.Host = from.Request.Headers.Host;
        context.Request.Host = from.Request.Host;
        foreach (var name in Credentials)
        {
            if (from.Request.Headers[name] is { Count: > 0 } value)
            {
                headers[name] = value;
            }
        }

        if (body.Length > 0)
        {
            headers.ContentType = "application/json";
            headers.ContentLength = body.Length;
        }

        if (IdempotencyKey is not null)
        {
            headers["Idempotency-Key"] = IdempotencyKey;
        }

        return (context, ending);
    }

    private sealed record BodyPresence(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;

    private sealed class CallServices(IServiceProvider services) : IServiceProvidersFeature
    {
        public IServiceProvider RequestServices { get; set; } = services;
    }
}
