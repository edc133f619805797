using System.Collections.Concurrent;

namespace Decant.Lab.Serving;

/// <summary>
/// Routes each name of the emulated internet for itself. One table of all sites' routes multiplies them with one another:
/// six seconds and a gigabyte before the first answer.
/// </summary>
internal sealed class SiteRouting(IReadOnlyList<ISite> sites, IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, Lazy<RequestDelegate>> _routes = new(StringComparer.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        var answering = sites.Where(site => site.Hosts.Any(name => Covers(name, host))).ToList();
        if (answering.Count == 0)
        {
            return UnknownHostAsync(context);
        }

        var key = string.Join(' ', answering.Select(site => site.GetType().Name));
        return _routes.GetOrAdd(key, _ => new(() => Routes(answering))).Value(context);
    }

    private RequestDelegate Routes(List<ISite> answering)
    {
        var own = new ApplicationBuilder(services);
        own.UseRouting();
        own.UseEndpoints(routes =>
        {
            foreach (var site in answering)
            {
                site.Map(routes);
            }

            routes.MapFallback("{**path}", () => TypedResults.NotFound());
        });
        return own.Build();
    }

    private static bool Covers(string name, string host) =>
        name.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)
            : name.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static Task UnknownHostAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        return context.Response.WriteAsync($"The lab knows no site that answers for {context.Arrival().Base}.\n");
    }
}
