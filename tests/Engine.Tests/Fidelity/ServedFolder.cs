using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>A folder behind a web server that answers ranges; pages (<c>.html</c>) are pages, everything else is bytes of no kind.</summary>
internal static class ServedFolder
{
    public static Task<Origin> StartAsync(string folder) =>
        Origin.StartAsync(context =>
        {
            var path = Path.Combine(folder, Path.GetFileName(Uri.UnescapeDataString(context.Request.Path)));
            var type = path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "application/octet-stream";
            return File.Exists(path)
                ? TypedResults.PhysicalFile(path, type, enableRangeProcessing: true).ExecuteAsync(context)
                : TypedResults.NotFound().ExecuteAsync(context);
        });
}
