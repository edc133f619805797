using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>
/// Index of the addresses that sites' extractors may claim, which the worker makes of their patterns (<c>worker/claims.py</c>).
/// Read here it spares <c>get</c> of a plain file the third of a second that Python and yt-dlp take to start.
/// </summary>
internal sealed class SiteClaims
{
    private const int Format = 2;

    /// <summary>Takes what nobody else does.</summary>
    private const string Everybody = "Generic";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Uri, bool> _judged = new();
    private readonly JsonElement _addresses;
    private readonly JsonElement _patterns;

    private SiteClaims(JsonElement index)
    {
        _addresses = index.GetProperty("addresses");
        _patterns = index.GetProperty("patterns");
        Headers = index
            .GetProperty("headers")
            .EnumerateObject()
            .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Header fields that the extractor sends with every request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <returns>Null where there is none, or one of another extractor than the worker would load.</returns>
    public static SiteClaims? TryRead(EngineOptions options)
    {
        if (options.ExtractorIndexFolder is not { } folder || !Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            var file = Directory.EnumerateFiles(folder, "extractors-*.json").SingleOrDefault();
            if (file is null)
            {
                return null;
            }

            using var index = JsonDocument.Parse(File.ReadAllBytes(file));
            return IsOf(index.RootElement, options) ? new SiteClaims(index.RootElement.Clone()) : null;
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // The worker makes a new one, and says what is wrong with the folder.
            return null;
        }
    }

    /// <summary>False only where no site's extractor claims it.</summary>
    public bool MayClaim(Uri address) => _judged.GetOrAdd(address, Judge);

    private bool Judge(Uri address)
    {
        var text = address.AbsoluteUri;
        var lowered = text.ToLowerInvariant();
        return _addresses
            .EnumerateObject()
            .Any(site => site.Name != Everybody && Contains(lowered, site.Value) && MayMatch(site.Name, text));
    }

    private static bool IsOf(JsonElement index, EngineOptions options)
    {
        var own = options.ExtractorFolder is { } folder ? Path.GetFullPath(folder) : null;
        return index.GetProperty("format").GetInt32() == Format
            && index.GetProperty("own").GetString() == own
            && index.GetProperty("changed").GetInt64() / 100 * 100
                == LastChange(index.GetProperty("package").GetString()!);
    }

    /// <returns>Nanoseconds since 1970, in steps of 100.</returns>
    private static long LastChange(string package) =>
        new DirectoryInfo(package)
            .EnumerateFileSystemInfos()
            .Max(file => (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100);

    /// <param name="text">In small letters.</param>
    /// <param name="sets">Of each it must contain a text; null where nothing is known of what it must contain.</param>
    private static bool Contains(string text, JsonElement sets)
    {
        if (sets.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        foreach (var texts in sets.EnumerateArray())
        {
            var has = false;
            foreach (var one in texts.EnumerateArray())
            {
                has = text.Contains(one.GetString()!, StringComparison.Ordinal);
                if (has)
                {
                    break;
                }
            }

            if (!has)
            {
                return false;
            }
        }

        return true;
    }

    private bool MayMatch(string site, string text)
    {
        if (!_patterns.TryGetProperty(site, out var patterns))
        {
            return true;
        }

        try
        {
            return patterns
                .EnumerateArray()
                .Any(pattern =>
                    new Regex(pattern.GetString()!, RegexOptions.None, Glance).Match(text)
                        is { Success: true, Index: 0 }
                );
        }
        catch (Exception failure) when (failure is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern that .NET does not read, or not in time, is Python's to try.
            return true;
        }
    }
}
