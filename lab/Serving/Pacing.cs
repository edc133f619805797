using System.Globalization;

namespace Decant.Lab.Serving;

/// <summary>
/// Slows answers down as real networks do. Asked for by <c>?rate=</c> (bytes a second) and <c>?latency=</c> (milliseconds), or,
/// so that a manifest's relative links inherit it, by a path that begins with <c>/paced/{rate}/{latency}</c>. With
/// <c>?head=</c> so many bytes of each answer come at once: what a look-up reads of a file that takes for ever.
/// </summary>
internal sealed class Pacing(LabOptions options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var rate = Number(context, "rate") ?? options.RatePerConnection;
        var latency = Number(context, "latency") is { } asked ? TimeSpan.FromMilliseconds(asked) : options.Latency;
        if (TakePrefix(context) is var (prefixRate, prefixLatency))
        {
            (rate, latency) = (prefixRate, prefixLatency);
        }

        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, time, context.RequestAborted);
        }

        if (rate > 0)
        {
            context.Response.Body = new PacedStream(
                context.Response.Body,
                rate.Value,
                Number(context, "head") ?? 0,
                time
            );
        }

        await next(context);
    }

    private static long? Number(HttpContext context, string name) =>
        long.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var value) ? value : null;

    private static (long Rate, TimeSpan Latency)? TakePrefix(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Split('/', 5);
        if (
            parts is not ["", "paced", var rateText, var latencyText, var rest]
            || !long.TryParse(rateText, CultureInfo.InvariantCulture, out var rate)
            || !int.TryParse(latencyText, CultureInfo.InvariantCulture, out var latency)
        )
        {
            return null;
        }

        context.Request.Path = "/" + rest;
        return (rate, TimeSpan.FromMilliseconds(latency));
    }
}
