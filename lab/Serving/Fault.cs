namespace Decant.Lab.Serving;

/// <summary>Something that goes wrong in place of, or in the middle of, the ordinary answer.</summary>
/// <param name="InvokeAsync">Handler of the request, given the ordinary answer, which it may call or not.</param>
public sealed record Fault(Func<HttpContext, RequestDelegate, Task> InvokeAsync)
{
    /// <summary>Answers with a status and nothing else.</summary>
    public static Fault Status(int status, TimeSpan? retryAfter = null) =>
        new(
            (context, _) =>
            {
                context.Response.StatusCode = status;
                if (retryAfter is { } wait)
                {
                    context.Response.Headers.RetryAfter = $"{(int)wait.TotalSeconds}";
                }

                return Task.CompletedTask;
            }
        );

    /// <summary>Cuts the connection after so many bytes of the ordinary body.</summary>
    public static Fault CutAfter(long bytes) =>
        new(
            async (context, next) =>
            {
                context.Response.Body = new FaultyStream(context.Response.Body, bytes, _ => Abort(context));
                await next(context);
            }
        );

    /// <summary>Sends so many bytes of the ordinary body and then nothing more, with the connection left open.</summary>
    public static Fault StallAfter(long bytes) =>
        new(
            async (context, next) =>
            {
                context.Response.Body = new FaultyStream(
                    context.Response.Body,
                    bytes,
                    cancellationToken => Task.Delay(Timeout.Infinite, cancellationToken)
                );
                await next(context);
            }
        );

    /// <summary>Sends what lies before a place of the file at once, and what lies behind it in drops until it is released: slow, and never so silent that a client gives up.</summary>
    public static Fault DripFrom(long position, Task released) =>
        new(
            async (context, next) =>
            {
                context.Response.Body = new DrippingStream(context.Response, position, released);
                await next(context);
            }
        );

    /// <summary>Answers with what is at another path of the same site, its validators included.</summary>
    public static Fault Elsewhere(string path) =>
        new(
            (context, next) =>
            {
                context.Request.Path = path;
                return next(context);
            }
        );

    /// <summary>As long as the ordinary body, and none of its bytes from some place of the answer on.</summary>
    public static Fault Corrupt(long after) =>
        new(
            async (context, next) =>
            {
                context.Response.Body = new CorruptStream(context.Response.Body, after);
                await next(context);
            }
        );

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.FromCanceled(new CancellationToken(canceled: true));
    }

    private sealed class FaultyStream(Stream inner, long bytes, Func<CancellationToken, Task> then)
        : WriteOnlyStream(inner)
    {
        private long _left = bytes;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var part = buffer[..(int)Math.Min(_left, buffer.Length)];
            _left -= part.Length;
            await Inner.WriteAsync(part, cancellationToken);
            if (part.Length < buffer.Length)
            {
                await Inner.FlushAsync(cancellationToken);
                await then(cancellationToken);
            }
        }
    }

    private sealed class CorruptStream(Stream inner, long after) : WriteOnlyStream(inner)
    {
        private long _position;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = buffer.ToArray();
            for (var index = (int)Math.Clamp(after - _position, 0, bytes.Length); index < bytes.Length; index++)
            {
                bytes[index] ^= 0x5A;
            }

            _position += bytes.Length;
            return Inner.WriteAsync(bytes, cancellationToken);
        }
    }
}
