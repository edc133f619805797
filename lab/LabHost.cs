using System.Net;
using Decant.Lab.Internal;
using Decant.Lab.Media;
using Decant.Lab.Origin;
using Decant.Lab.Platforms;
using Decant.Lab.Proxy;
using Decant.Lab.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Decant.Lab;

/// <summary>Puts the web application together: three listeners, one pipeline, all sites.</summary>
internal static class LabHost
{
    public static WebApplication Build(
        LabOptions options,
        ProxyConnections proxy,
        LabListeners listeners,
        TimeProvider time
    )
    {
        // The empty builder: no configuration files and no environment, so that a lab cannot be changed from outside.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, proxy, listeners));
        builder
            .Services.AddRoutingCore()
            .AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton(options)
            .AddSingleton(time)
            .AddSingleton(listeners)
            .AddSingleton(new MediaCatalogue(options.Directory))
            .AddSingleton<SignedLinks>()
            .AddSingleton<RequestLog>()
            .AddSingleton<Faults>()
            .AddSingleton(new LiveStreams(time))
            .AddSingleton(new InternalService(listeners));
        var app = builder.Build();
        // A defect of the lab answers 500 with its stack trace: whoever sees it is a developer.
        app.UseDeveloperExceptionPage();
        app.Use(new HostResolution(listeners).InvokeAsync);
        app.Use(new Pacing(options, time).InvokeAsync);
        app.Use(new RequestLogging(app.Services.GetRequiredService<RequestLog>()).InvokeAsync);
        app.Use(app.Services.GetRequiredService<Faults>().InvokeAsync);
        app.Run(new SiteRouting([.. Sites(app.Services)], app.Services).InvokeAsync);
        return app;
    }

    private static void Listen(
        KestrelServerOptions kestrel,
        LabOptions options,
        ProxyConnections proxy,
        LabListeners listeners
    )
    {
        kestrel.AddServerHeader = false;
        // Clients of a lab are slow on purpose, and so are its tests.
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Listen(IPAddress.Loopback, options.OriginPort, listeners.Origin);
        kestrel.Listen(IPAddress.Loopback, 0, listeners.Internal);
        kestrel.Listen(
            IPAddress.Loopback,
            options.ProxyPort,
            listen =>
            {
                listeners.Proxy(listen);
                listen.Use(next => connection => proxy.OnConnectionAsync(connection, next));
            }
        );
    }

    private static IEnumerable<ISite> Sites(IServiceProvider services) =>
        typeof(ISite)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ISite)))
            .Select(type => (ISite)ActivatorUtilities.CreateInstance(services, type));
}
