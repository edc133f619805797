namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Index of sites' addresses, read once for each extractor that comes to work: an update brings other patterns.</summary>
internal sealed class CurrentSites(EngineOptions options)
{
    private readonly Lock _gate = new();
    private (ExtractorFiles? Files, SiteClaims? Sites)? _last;

    /// <param name="files">Files of the extractor at work; null before the first, when the index is that of an earlier start.</param>
    /// <returns>Null where there is no index of this extractor: it makes one at its start.</returns>
    public SiteClaims? Of(ExtractorFiles? files)
    {
        lock (_gate)
        {
            if (_last is { } last && last.Files == files)
            {
                return last.Sites;
            }

            var sites = SiteClaims.TryRead(options);
            _last = (files, sites);
            return sites;
        }
    }
}
