using Decant.Engine.Tests.Egress;
using Microsoft.AspNetCore.Http;

namespace Decant.Engine.Tests.Fidelity;

/// <summary>A folder behind a web server that answers ranges; pages (<c>.html</c>) are pages, everything else is bytes of no kind.</summary>
internal static class ServedFolder
{
    /// <param name="folder">Folder of the files.</param>
    /// <param name="before">Time that each answer takes, by its path; null for none.</param>
    public static Task<Origin> StartAsync(string folder, Func<string, TimeSpan>? before = null) =>
        Origin.StartAsync(async context =>
        {
            if (before?.Invoke(context.Request.Path) is { Ticks: > 0 } wait)
                await Task.Delay(wait, context.RequestAborted);
            var path = Path.Combine(folder, Path.GetFileName(Uri.UnescapeDataString(context.Request.Path)));
            var type = path.EndsWith(".html", StringComparison.Ordinal) ? "text/html" : "application/octet-stream";
            await (
                File.Exists(path)
                    ? TypedResults.PhysicalFile(path, type, enableRangeProcessing: true).ExecuteAsync(context)
                    : TypedResults.NotFound().ExecuteAsync(context)
            );
        });
}
