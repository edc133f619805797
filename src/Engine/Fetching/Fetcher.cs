using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings a format's bytes into a file: our own ranged HTTP for plain files, the extractor's downloader for the rest.</summary>
internal sealed class Fetcher(
    EngineOptions options,
    EgressGate gate,
    Extractor extractor,
    TimeProvider time,
    ILogger<Fetcher> logger
)
{
    private readonly OriginBudget _budget = new(options.ConnectionsPerOrigin);

    /// <returns>Bytes written to <paramref name="path"/>. After a failure the file may be there in part.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    public async Task<long> FetchAsync(
        SourceFormat format,
        string path,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        if (format.Protocol != FetchProtocol.Http)
        {
            await extractor.DownloadAsync(format, path, options.MaxBytes, progress, cancellationToken);
            return new FileInfo(path).Length;
        }
        var remote = RemoteFile.Of(format);
        var limits = new FetchLimits { MaxBytes = options.MaxBytes, MinimumRate = options.MinimumRate };
        var meter = new FetchMeter(progress, limits, remote.Host, time);
        using var spool = new Spool(path);
        return await new HttpFetch(gate.Http, remote, spool, _budget, limits, meter, time, logger).RunAsync(
            cancellationToken
        );
    }
}
