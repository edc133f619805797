using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Extracting;
using Decant.Engine.Extracting.YtDlp;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings a format's bytes into a file: our own ranged HTTP for plain files and segments, the extractor's downloader for the rest.</summary>
internal sealed class Fetcher(
    EngineOptions options,
    EgressGate gate,
    Extractor extractor,
    TimeProvider time,
    ILogger<Fetcher> logger
)
{
    private readonly OriginBudget _budget = new(options.ConnectionsPerOrigin);

    /// <summary>Begins to fetch. After a failure the file may be there in part.</summary>
    /// <param name="format">What to fetch.</param>
    /// <param name="path">Where to.</param>
    /// <param name="progress">Told of what has come.</param>
    /// <param name="cancellationToken">Stops the fetch; whoever disposes of the result cancels this first.</param>
    public SourceFetch Start(
        SourceFormat format,
        string path,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var spool = new Spool(path);
        return new SourceFetch(spool, FetchAsync(format, spool, progress, cancellationToken), logger);
    }

    /// <returns>The size of what came.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    private async Task<long> FetchAsync(
        SourceFormat format,
        Spool spool,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var limits = new FetchLimits { MaxBytes = options.MaxBytes, MinimumRate = options.MinimumRate };
            var meter = new FetchMeter(progress, limits, format.Url.IdnHost, time);
            var requests = new SegmentRequest(gate.Http, format.Headers, limits, time);
            var size =
                format.Protocol == FetchProtocol.Http
                    ? await FetchFileAsync(format, spool, limits, meter, cancellationToken)
                : await Segments.FindAsync(format, requests, cancellationToken) is { } segments
                    ? await new SegmentFetch(requests, segments, spool, _budget, limits, meter).RunAsync(
                        cancellationToken
                    )
                : await DownloadAsync(format, spool.Path, progress, cancellationToken);
            return size > 0
                ? size
                : throw new MediaException(
                    MediaError.SourceFailed,
                    $"The source answered with an empty file for the format {format.Id}."
                );
        }
        catch (MediaException failure)
        {
            spool.Fail(failure);
            throw;
        }
    }

    private Task<long> FetchFileAsync(
        SourceFormat format,
        Spool spool,
        FetchLimits limits,
        FetchMeter meter,
        CancellationToken cancellationToken
    ) =>
        new HttpFetch(gate.Http, RemoteFile.Of(format), spool, _budget, limits, meter, time, logger).RunAsync(
            cancellationToken
        );

    private async Task<long> DownloadAsync(
        SourceFormat format,
        string path,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        await extractor.DownloadAsync(format, path, options.MaxBytes, progress, cancellationToken);
        return new FileInfo(path).Length;
    }
}
