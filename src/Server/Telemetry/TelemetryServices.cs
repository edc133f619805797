using Decant.Server.Hosting;
using Decant.Server.Platforms.Circuits;
using Decant.Server.Telemetry.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Decant.Server.Telemetry;

internal static class TelemetryServices
{
    /// <summary>The engine's, the database's, the web server's and .NET's own instruments, besides ours.</summary>
    private static readonly string[] Meters =
    [
        CircuitMetrics.MeterName,
        "Decant.Engine",
        "Npgsql",
        "Microsoft.EntityFrameworkCore",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <summary>Registers metrics and traces; where no setting asks for them, nothing is collected.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.AddSettings<TelemetryOptions>("Telemetry");
        builder.Services.AddHostedService<QueueFigures>();
        // Read here, not from options: what is to listen and to export is asked before there is a container. Checked with the others.
        var options = builder.Configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (!options.IsUsed)
        {
            return;
        }

        ListenFor(builder, options);
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("decant"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters).AddRuntimeInstrumentation();
                if (options.MetricsKey is not null || options.MetricsPort is not null)
                {
                    metrics.AddPrometheusExporter();
                }
            })
            .WithTracing(traces => traces.AddSource(Measures.SourceName, "Npgsql").AddAspNetCoreInstrumentation());
        if (options.OtlpEndpoint is { } endpoint)
        {
            telemetry.UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, new Uri(endpoint));
        }
    }

    private static void ListenFor(WebApplicationBuilder builder, TelemetryOptions options)
    {
        if (options.MetricsPort is { } port)
        {
            var urls = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey);
            builder.WebHost.UseUrls([
                .. urls?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [],
                $"http://{options.MetricsAddress}:{port}",
            ]);
        }
    }
}
