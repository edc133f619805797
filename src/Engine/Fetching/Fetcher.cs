using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching.Crews;
using Decant.Engine.Fetching.Files;
using Decant.Engine.Fetching.Relays;
using Decant.Engine.Fetching.Segments;
using Decant.Engine.Keeping;
using Decant.Engine.Sources;
using Microsoft.Extensions.Logging;

namespace Decant.Engine.Fetching;

/// <summary>Brings a format's bytes into a file: our own ranged HTTP for plain files and segments, another's downloader for the rest.</summary>
internal sealed class Fetcher(
    EngineOptions options,
    EgressGate gate,
    OtherDownloader others,
    KeptFiles? kept,
    TimeProvider time,
    ILogger<Fetcher> logger
) : IAsyncDisposable
{
    /// <summary>Renewal of an address that is fetched in a moment: one that dies meanwhile is not looked up again.</summary>
    public static readonly Func<CancellationToken, Task<SourceFormat?>> OnlyHere = _ =>
        Task.FromResult<SourceFormat?>(null);

    private readonly OriginBudget _budget = new(options.ConnectionsPerOrigin);
    private readonly LateClosing _closing = new();

    /// <summary>Begins to fetch. After a failure the file may be there in part.</summary>
    /// <param name="format">Format to fetch.</param>
    /// <param name="key">Key of what it holds, so that nobody fetches it again; null for what is not kept.</param>
    /// <param name="path">Path of the file to write.</param>
    /// <param name="lookUpAgain">Finds the same format at a fresh address; null where it is there no more.</param>
    /// <param name="progress">Receiver of what has come.</param>
    /// <param name="cancellationToken">Token that stops the fetch; whoever disposes of the result cancels this first.</param>
    public SourceFetch Start(
        SourceFormat format,
        string? key,
        string path,
        Func<CancellationToken, Task<SourceFormat?>> lookUpAgain,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        var keeping = key is null || kept is null ? null : new KeptSource(kept, key, path);
        if (keeping is not null && kept!.TryTake(key!, path))
        {
            var size = new FileInfo(path).Length;
            progress.Report(new FetchProgress(size, size, null));
            return SourceFetch.Of(path, logger, keeping);
        }
        var spool = new Spool(path);
        var whole = FetchAsync(format, keeping, spool, lookUpAgain, progress, cancellationToken);
        return new SourceFetch(spool, whole, logger, keeping, _closing);
    }

    public ValueTask DisposeAsync() => _closing.DisposeAsync();

    /// <returns>The size of what came.</returns>
    /// <exception cref="MediaException">With the code that says what the source did, or <c>too_large</c>, or <c>overloaded</c>.</exception>
    private async Task<long> FetchAsync(
        SourceFormat format,
        KeptSource? keeping,
        Spool spool,
        Func<CancellationToken, Task<SourceFormat?>> lookUpAgain,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var limits = new FetchLimits { MaxBytes = options.MaxBytes, MinimumRate = options.MinimumRate };
            var meter = new FetchMeter(progress, limits, format.Url.IdnHost, time);
            var segments =
                format.Protocol == FetchProtocol.Http
                    ? null
                    : await FindSegmentsAsync(format, limits, cancellationToken);
            var size =
                format.Protocol == FetchProtocol.Http
                    ? await FetchFileAsync(format, spool, lookUpAgain, limits, meter, cancellationToken)
                : segments is not null
                    ? await FetchSegmentsAsync(segments, spool, lookUpAgain, limits, meter, cancellationToken)
                : await DownloadAsync(format, spool.Path, progress, cancellationToken);
            if (size == 0)
            {
                throw new MediaException(
                    MediaError.SourceFailed,
                    $"The source answered with an empty file for the format {format.Id}."
                );
            }
            // Where the parts of a file begin is known to its fetch alone.
            if (segments is not { HasParts: true })
            {
                keeping?.Keep();
            }
            return size;
        }
        catch (MediaException failure) when (IsGone(failure))
        {
            var gone = new MediaException(failure.Error, failure.Message, failure)
            {
                IsFinal = failure.IsFinal,
                GoneFormat = format.Id,
            };
            spool.Fail(gone);
            throw gone;
        }
        catch (MediaException failure)
        {
            spool.Fail(failure);
            throw;
        }
    }

    private static bool IsGone(MediaException failure) =>
        failure.Error == MediaError.ContentNotFound
        // One of several may be for licensed players alone.
        || failure.Error == MediaError.DrmProtected
        || failure is { IsFinal: true, Error.Retryable: true };

    private async Task<long> FetchFileAsync(
        SourceFormat format,
        Spool spool,
        Func<CancellationToken, Task<SourceFormat?>> lookUpAgain,
        FetchLimits limits,
        FetchMeter meter,
        CancellationToken cancellationToken
    )
    {
        using var link = new Link<RemoteFile>(
            RemoteFile.Of(format),
            async stop => await lookUpAgain(stop) is { } fresh ? RemoteFile.Of(fresh) : null
        );
        return await new HttpFetch(gate.Http, link, spool, _budget, limits, meter, time, logger).RunAsync(
            cancellationToken
        );
    }

    private async Task<long> FetchSegmentsAsync(
        SegmentList segments,
        Spool spool,
        Func<CancellationToken, Task<SourceFormat?>> lookUpAgain,
        FetchLimits limits,
        FetchMeter meter,
        CancellationToken cancellationToken
    )
    {
        using var link = new Link<SegmentList>(
            segments,
            async stop => await lookUpAgain(stop) is { } fresh ? await FindSegmentsAsync(fresh, limits, stop) : null
        );
        return await new SegmentFetch(gate.Http, link, spool, _budget, limits, meter, time, logger).RunAsync(
            cancellationToken
        );
    }

    private Task<SegmentList?> FindSegmentsAsync(
        SourceFormat format,
        FetchLimits limits,
        CancellationToken cancellationToken
    ) =>
        SegmentFinder.FindAsync(format, new SegmentRequest(gate.Http, format.Headers, limits, time), cancellationToken);

    private async Task<long> DownloadAsync(
        SourceFormat format,
        string path,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        await others(format, path, options.MaxBytes, progress, cancellationToken);
        return new FileInfo(path).Length;
    }
}
