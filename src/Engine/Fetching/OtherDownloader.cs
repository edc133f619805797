using Decant.Engine.Errors;
using Decant.Engine.Sources;

namespace Decant.Engine.Fetching;

/// <summary>Downloader of protocols that are not spoken here: the extractor's own.</summary>
/// <exception cref="MediaException"><c>too_large</c>, and what else a source can do.</exception>
internal delegate Task OtherDownloader(
    SourceFormat format,
    string path,
    long maxBytes,
    IProgress<FetchProgress> progress,
    CancellationToken cancellationToken
);
