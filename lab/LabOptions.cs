namespace Decant.Lab;

/// <summary>How a lab is started. Every default suits a test: any free port, no delay, the media cache of the repository.</summary>
public sealed record LabOptions
{
    /// <summary>Port of the media origin; 0 takes any free one.</summary>
    public int OriginPort { get; init; }

    /// <summary>Port of the forward proxy; 0 takes any free one.</summary>
    public int ProxyPort { get; init; }

    /// <summary>Where media and the certificate authority are kept between runs; <c>.lab/</c> beside the solution by default.</summary>
    public string Directory { get; init; } = LabDirectory.Default;

    /// <summary>Bytes a second that each connection gets; null leaves them alone. A URL's <c>?rate=</c> wins.</summary>
    public long? RatePerConnection { get; init; }

    /// <summary>How long each request waits for its answer to begin. A URL's <c>?latency=</c> (milliseconds) wins.</summary>
    public TimeSpan Latency { get; init; }
}
