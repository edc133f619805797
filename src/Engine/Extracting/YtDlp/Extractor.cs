using Decant.Engine.Egress;
using Decant.Engine.Fetching;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The extractor process: a warm Python parent that forks for each request (see <c>worker/</c>).</summary>
internal sealed class Extractor(EngineOptions options, EgressGate gate, TimeProvider time, ILogger<Extractor> logger)
    : IAsyncDisposable
{
    /// <summary>Starts the parent and returns once it is warm; safe to call more than once.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Looks a URL up. Cached answers and joined look-ups are the business of <see cref="InfoCache"/>.</summary>
    public Task<MediaInfo> InspectAsync(Uri url, InspectOptions options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Fetches one format with the extractor's own downloader, for protocols we do not speak ourselves.</summary>
    public Task DownloadAsync(
        SourceFormat format,
        string path,
        long maxBytes,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
