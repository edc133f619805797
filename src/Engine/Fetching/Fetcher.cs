using Decant.Engine.Egress;
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
    /// <returns>Bytes written to <paramref name="path"/>.</returns>
    public Task<long> FetchAsync(
        SourceFormat format,
        string path,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();
}
