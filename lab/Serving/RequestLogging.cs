namespace Decant.Lab.Serving;

/// <summary>Writes each request down before it is answered, and what became of it after.</summary>
internal sealed class RequestLogging(RequestLog log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var record = new RequestRecord(
            request.Method,
            new Uri(context.Link(request.Path.Value + request.QueryString)),
            request.Headers.Range,
            context.Arrival().ThroughProxy
        )
        {
            Headers = request.Headers.ToDictionary(
                header => header.Key,
                header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase
            ),
        };
        log.Add(record);
        var body = new CountingStream(context.Response.Body, record);
        context.Response.Body = body;
        try
        {
            await next(context);
            record.Status = context.Response.StatusCode;
        }
        finally
        {
            record.End();
        }
    }

    private sealed class CountingStream(Stream inner, RequestRecord record) : WriteOnlyStream(inner)
    {
        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await Inner.WriteAsync(buffer, cancellationToken);
            record.BytesSent += buffer.Length;
        }
    }
}
