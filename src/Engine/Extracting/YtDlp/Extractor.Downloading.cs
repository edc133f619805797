using Decant.Engine.Egress;
using Decant.Engine.Errors;
using Decant.Engine.Fetching;
using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Downloads by the extractor, and refusals of the gate on its way.</summary>
internal sealed partial class Extractor
{
    /// <summary>A download may take this long while it keeps up the minimum rate.</summary>
    public static readonly TimeSpan LongestDownload = TimeSpan.FromHours(24);

    /// <summary>Fetches one format with the extractor's own downloader, for protocols we do not speak ourselves.</summary>
    /// <exception cref="MediaException"><c>too_large</c>, <c>source_timeout</c> and what else a source can do. Nothing is left at <paramref name="path"/> then.</exception>
    public async Task DownloadAsync(
        SourceFormat format,
        string path,
        long maxBytes,
        IProgress<FetchProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        // Manifests, retries and segment headers come on top of the file.
        using var lease = gate.OpenLease(
            new EgressLimits(maxBytes + (maxBytes / 8) + MaxInspectBytes, LongestDownload)
        );
        await using var stall = new StallWatch(options.MinimumRate, time, cancellationToken);
        var request = new DownloadRequest(
            format.Raw,
            path,
            ProxyOf(lease),
            LongestDownload.TotalSeconds,
            maxBytes,
            ChildMemory
        );
        try
        {
            var reply = await turn.AskAsync(request, LongestDownload, OnProgress, format.Url, stall.Token);
            if (reply is WorkerReply.Failed { Failure: var failure })
            {
                throw FindRefusal(failure, format.Url, lease, isDownload: true) ?? Explain(failure, format.Url);
            }
        }
        catch (OperationCanceledException) when (stall.Stalled && !cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(
                MediaError.SourceTimeout,
                $"{format.Url.Host} sent less than {options.MinimumRate} bytes a second for a minute; try again later."
            );
        }

        void OnProgress(WorkerProgress report)
        {
            // Its own word on them is whoever's it is by now.
            stall.Advance(lease.BytesReceived);
            progress.Report(new FetchProgress(report.Bytes, report.Total, report.Speed));
        }
    }

    /// <returns>Null where it failed of itself.</returns>
    private MediaException? FindRefusal(WorkerFailure failure, Uri url, EgressLease lease, bool isDownload)
    {
        LogFailure(url.Host, failure.Kind, failure.Message);
        if (lease.Denial is { } denial)
        {
            return new MediaException(
                MediaError.BlockedAddress,
                $"The page at {url.Host} needs \"{denial.Host}\", which this server does not connect to: {denial.Reason}"
            );
        }

        if (lease.LimitReached)
        {
            return isDownload
                ? new MediaException(
                    MediaError.TooLarge,
                    $"The medium at {url.Host} is larger than what may be fetched."
                )
                : new MediaException(
                    MediaError.SourceFailed,
                    $"The page at {url.Host} is too large: more than {MaxInspectBytes >> 20} MiB came before anything was found."
                );
        }

        return null;
    }
}
