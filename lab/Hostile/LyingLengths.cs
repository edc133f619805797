using System.Globalization;
using System.Text;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Decant.Lab.Hostile;

/// <summary>
/// Bodies that are not as long as they say: <c>/cut/…</c> promises all and closes half way, <c>/reset/…</c> resets half way,
/// <c>/wrong-length/…</c> declares half and sends all, <c>/truncated/…</c> declares and sends a file whose second half is missing,
/// <c>/wrong-range/…</c> answers a range with other bytes than were asked for.
/// </summary>
internal sealed class LyingLengths(MediaCatalogue catalogue) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cut/{name}", CutAsync);
        routes.MapGet("/reset/{name}", ResetAsync);
        routes.MapGet("/wrong-length/{name}", WrongLengthAsync);
        routes.MapGet("/truncated/{name}", TruncatedAsync);
        routes.MapGet("/wrong-range/{name}", WrongRangeAsync);
    }

    private async Task CutAsync(string name, HttpContext context)
    {
        var content = await ReadAsync(name, context);
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2), context.RequestAborted);
    }

    private async Task ResetAsync(string name, HttpContext context)
    {
        await CutAsync(name, context);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private async Task WrongLengthAsync(string name, HttpContext context)
    {
        var content = await ReadAsync(name, context);
        // Kestrel would not let a lie like this one pass, so it is written below HTTP.
        var wire = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: {StoredFile.TypeOf(name)}\r\nContent-Length: {content.Length / 2}\r\nConnection: close\r\n\r\n"
        );
        await wire.WriteAsync(Encoding.ASCII.GetBytes(head), context.RequestAborted);
        await wire.WriteAsync(content, context.RequestAborted);
        context.Response.Headers.Connection = "close";
    }

    private async Task TruncatedAsync(string name, HttpContext context)
    {
        var content = await ReadAsync(name, context);
        context.Response.ContentLength = content.Length / 2;
        await context.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2), context.RequestAborted);
    }

    private async Task WrongRangeAsync(string name, HttpContext context)
    {
        var content = await ReadAsync(name, context);
        var asked = context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault();
        var from = (asked?.From ?? 0) + 1000;
        var to = Math.Min((asked?.To ?? (content.Length - 1)) + 1000, content.Length - 1);
        context.Response.StatusCode = StatusCodes.Status206PartialContent;
        context.Response.Headers.ContentRange = $"bytes {from}-{to}/{content.Length}";
        await context.Response.Body.WriteAsync(
            content.AsMemory((int)from, (int)(to - from + 1)),
            context.RequestAborted
        );
    }

    private async Task<byte[]> ReadAsync(string name, HttpContext context)
    {
        context.Response.ContentType = StoredFile.TypeOf(name);
        return await File.ReadAllBytesAsync(
            (await catalogue.GetAsync(name, context.RequestAborted)).Path,
            context.RequestAborted
        );
    }
}
