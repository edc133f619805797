using Decant.Engine.Sources;

namespace Decant.Engine.Extracting.YtDlp;

/// <summary>The files that an update of the extractor replaces, as they were at one time.</summary>
/// <param name="Changed">Time at which each file or directory was changed last, in units of 100 ns since 1970; null for one that is not there.</param>
internal sealed record ExtractorFiles(IReadOnlyDictionary<string, long?> Changed)
{
    /// <summary>The same places as they are now. A handful of file system look-ups.</summary>
    public ExtractorFiles Now() => new(Changed.Keys.ToDictionary(path => path, ChangedAt));

    public bool Equals(ExtractorFiles? other) =>
        other is not null
        && Changed.Count == other.Changed.Count
        && Changed.All(one => other.Changed.TryGetValue(one.Key, out var changed) && changed == one.Value);

    public override int GetHashCode() => Changed.Count;

    private static long? ChangedAt(string path)
    {
        var file = new FileInfo(path);
        return file.Exists || Directory.Exists(path) ? (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks : null;
    }
}
