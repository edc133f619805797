using System.Text;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Serving;

namespace Decant.Lab.Hostile;

/// <summary><c>/drip/small.mp4</c> and <c>/drip-page/NAME</c> (HTML) send a byte a second, <c>/stall/small.mp4</c> half of the file and then nothing, <c>/silent/small.mp4</c> not even a head.</summary>
internal sealed class SlowBodies(MediaCatalogue catalogue, TimeProvider time) : ISite
{
    public IReadOnlyList<string> Hosts => SiteNames.Origin;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/drip/{name}", DripAsync);
        routes.MapGet("/drip-page/{name}", DripPageAsync);
        routes.MapGet("/stall/{name}", StallAsync);
        routes.MapGet("/silent/{name}", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
    }

    private async Task DripPageAsync(string name, HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        using var page = new MemoryStream(
            Encoding.UTF8.GetBytes($"<!doctype html><title>{name}</title>".PadRight(4096))
        );
        await SendAsync(page, context);
    }

    private async Task DripAsync(string name, HttpContext context)
    {
        await using var content = await OpenAsync(name, context);
        await SendAsync(content, context);
    }

    private async Task SendAsync(Stream content, HttpContext context)
    {
        var one = new byte[1];
        while (await content.ReadAsync(one, context.RequestAborted) > 0)
        {
            await context.Response.Body.WriteAsync(one, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromSeconds(1), time, context.RequestAborted);
        }
    }

    private async Task StallAsync(string name, HttpContext context)
    {
        await using var content = await OpenAsync(name, context);
        var half = new byte[content.Length / 2];
        await content.ReadExactlyAsync(half, context.RequestAborted);
        await context.Response.Body.WriteAsync(half, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private async Task<FileStream> OpenAsync(string name, HttpContext context)
    {
        var content = File.OpenRead((await catalogue.GetAsync(name, context.RequestAborted)).Path);
        context.Response.ContentType = StoredFile.TypeOf(name);
        context.Response.ContentLength = content.Length;
        return content;
    }
}
