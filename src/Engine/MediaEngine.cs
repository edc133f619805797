using Decant.Engine.Extracting;
using Decant.Engine.Planning;
using Microsoft.Extensions.Logging;

namespace Decant.Engine;

/// <summary>The front door: URL in, media file out.</summary>
/// <remarks>Thread-safe; one per process. <see cref="StartAsync"/> warms the extractor and is optional.</remarks>
public sealed class MediaEngine(EngineOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>Warms the extractor so that the first look-up is as quick as the next.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Looks a URL up, from the cache where it was asked for lately.</summary>
    /// <exception cref="Errors.MediaException">With the code that says why nothing can be had.</exception>
    public Task<MediaInfo> InspectAsync(Uri url, InspectOptions inspect, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Decides what to fetch and make. Pure.</summary>
    /// <exception cref="Errors.MediaException"><c>unknown_format</c>, <c>too_large</c>.</exception>
    public ExtractionPlan Plan(MediaInfo info, OutputRequest request) => throw new NotImplementedException();

    /// <summary>Fetches, converts and verifies. On failure or cancellation nothing is left in <paramref name="directory"/>.</summary>
    /// <param name="url">The page.</param>
    /// <param name="request">What to make.</param>
    /// <param name="directory">An empty directory of the run's own.</param>
    /// <param name="progress">Told at least once a second while bytes or frames move.</param>
    /// <param name="cancellationToken">Stops children within a second.</param>
    public Task<ExtractionResult> RunAsync(
        Uri url,
        OutputRequest request,
        string directory,
        IProgress<EngineProgress> progress,
        CancellationToken cancellationToken
    ) => throw new NotImplementedException();

    /// <summary>What the engine stands on: versions found, or what is missing and how to get it.</summary>
    public Task<EngineHealth> CheckHealthAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
