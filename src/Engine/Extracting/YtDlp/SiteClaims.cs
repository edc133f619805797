using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// Index of the addresses that sites' extractors may claim, which the worker makes of their patterns (<c>worker/claims.py</c>).
/// Read here it spares a plain file the question to Python, and <c>get</c> the third of a second that Python and yt-dlp take to start.
/// </summary>
internal sealed class SiteClaims
{
    private const int Format = 2;

    /// <summary>Takes what nobody else does.</summary>
    private const string Everybody = "Generic";

    /// <summary>Longest match of a pattern. By the clock, and where fifty threads want two cores one waits a tenth of a second for its turn.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    /// <summary>Compiled patterns by site: reading YouTube's takes longer than all else that is done for an address.</summary>
    private readonly ConcurrentDictionary<string, Regex[]> _patterns = new();
    private readonly SiteIndex _index;

    private SiteClaims(SiteIndex index) => _index = index;

    /// <summary>Header fields that the extractor sends with every request.</summary>
    public IReadOnlyDictionary<string, string> Headers => _index.Headers;

    /// <returns>Null where there is none, or one of another extractor than the worker would load.</returns>
    public static SiteClaims? TryRead(EngineOptions options)
    {
        if (options.ExtractorIndexFolder is not { } folder || !Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            // There is one for a moment alone where there are more: each start removes what is not its own.
            return
                Directory.GetFiles(folder, "extractors-*.json") is [var file]
                && JsonSerializer.Deserialize(File.ReadAllBytes(file), WorkerJson.Default.SiteIndex) is { } index
                && IsOf(index, options)
                ? new SiteClaims(index)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            // The worker makes a new one, and says what is wrong with the folder.
            return null;
        }
    }

    /// <summary>False only where no site's extractor claims it.</summary>
    public bool MayClaim(Uri address)
    {
        var text = address.AbsoluteUri;
        var lowered = text.ToLowerInvariant();
        return _index.Addresses.Any(site =>
            site.Key != Everybody && Contains(lowered, site.Value) && MayMatch(site.Key, text)
        );
    }

    private static bool IsOf(SiteIndex index, EngineOptions options) =>
        index.Format == Format
        && index.Own == (options.ExtractorFolder is { } folder ? Path.GetFullPath(folder) : null)
        && index.Changed / 100 == LastChange(index.Package);

    /// <returns>Hundreds of nanoseconds since 1970.</returns>
    private static long LastChange(string package) =>
        new DirectoryInfo(package)
            .EnumerateFileSystemInfos()
            .Max(file => (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks);

    /// <param name="text">Text in small letters.</param>
    /// <param name="sets">Sets of texts, of each of which it must contain one; null where nothing is known of what it must contain.</param>
    private static bool Contains(string text, string[][]? sets) =>
        sets is null
        || Array.TrueForAll(sets, texts => Array.Exists(texts, one => text.Contains(one, StringComparison.Ordinal)));

    private bool MayMatch(string site, string text)
    {
        if (!_index.Patterns.TryGetValue(site, out var patterns))
        {
            return true;
        }

        try
        {
            return Array.Exists(
                _patterns.GetOrAdd(site, _ => Array.ConvertAll(patterns, Read)),
                pattern => pattern.Match(text) is { Success: true, Index: 0 }
            );
        }
        catch (Exception failure) when (failure is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern that .NET does not read, or not in time, is Python's to try.
            return true;
        }
    }

    private static Regex Read(string pattern) => new(pattern, RegexOptions.None, Glance);
}

/// <summary>The index as it lies in its file.</summary>
internal sealed record SiteIndex
{
    /// <summary>Version of this form.</summary>
    public required int Format { get; init; }

    /// <summary>Folder that the extractor was asked for in; null for the machine's own.</summary>
    public required string? Own { get; init; }

    /// <summary>Directory of the extractors' modules.</summary>
    public required string Package { get; init; }

    /// <summary>Time of the newest of them, in nanoseconds since 1970.</summary>
    public required long Changed { get; init; }

    /// <inheritdoc cref="SiteClaims.Headers"/>
    public required Dictionary<string, string> Headers { get; init; }

    /// <summary>Sets of texts by extractor, of each of which its addresses contain one; null for an extractor of any address.</summary>
    public required Dictionary<string, string[][]?> Addresses { get; init; }

    /// <summary>Patterns of extractors whose sets contain commonplace texts.</summary>
    public required Dictionary<string, string[]> Patterns { get; init; }
}
