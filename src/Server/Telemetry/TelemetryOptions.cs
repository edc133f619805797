using System.ComponentModel.DataAnnotations;
using Decant.Server.Hosting;

namespace Decant.Server.Telemetry;

/// <summary>Settings under <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Secret that <c>GET /metrics</c> wants as <c>Authorization: Bearer</c>; null leaves it off the ordinary port.</summary>
    [MinLength(16)]
    [Secret]
    public string? MetricsKey { get; init; }

    /// <summary>Port on which <c>/metrics</c> is answered without a key, and nothing else but health; null is none. Not for the open internet.</summary>
    [Range(1, 65535)]
    [Unit("port")]
    public int? MetricsPort { get; init; }

    /// <summary>Address that <see cref="MetricsPort"/> is opened on.</summary>
    public string MetricsAddress { get; init; } = "127.0.0.1";

    /// <summary>Address of an OpenTelemetry collector, such as <c>http://127.0.0.1:4317</c> (OTLP over gRPC), that is sent metrics and traces; null is none.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Interval at which the figures of the database (what waits, and for how long) are read.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReadEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether anything is measured at all.</summary>
    public bool IsUsed => MetricsKey is not null || MetricsPort is not null || OtlpEndpoint is not null;
}
