namespace Decant.Engine.Keeping;

/// <summary>
/// Files that were fetched or made lately, kept under a key of what they hold, so that nobody has to fetch or make them again.
/// They are hard links to the files of the runs: keeping costs no second copy, and taking one costs no time.
/// </summary>
/// <remarks>What an earlier process kept is removed at start: the index is in memory alone.</remarks>
internal sealed class KeptFiles
{
    private readonly string _root;
    private readonly KeepOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _bytes;
    private int _next;

    /// <param name="options">How much and how long.</param>
    /// <param name="time">The clock.</param>
    public KeptFiles(KeepOptions options, TimeProvider time)
    {
        (_root, _options, _time) = (options.Directory, options, time);
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
        Directory.CreateDirectory(_root);
    }

    /// <summary>Keeps a file from now on. Those that were not asked for the longest go, should there be too many.</summary>
    public void Keep(string key, string path)
    {
        var bytes = new FileInfo(path).Length;
        if (bytes > _options.MaxBytes)
        {
            return;
        }
        lock (_lock)
        {
            Forget(key);
            var home = Path.Combine(_root, $"{_next++}");
            if (!HardLink.TryCreate(path, home))
            {
                // Another file system: a copy would cost what keeping is to save.
                return;
            }
            _kept[key] = new Kept(home, bytes, _time.GetUtcNow());
            _bytes += bytes;
            Shrink();
        }
    }

    /// <summary>Puts a kept file at a path of the caller's own.</summary>
    /// <returns>False where there is none (any more).</returns>
    public bool TryTake(string key, string path)
    {
        lock (_lock)
        {
            Shrink();
            if (!_kept.TryGetValue(key, out var kept) || !HardLink.TryCreate(kept.Path, path))
            {
                return false;
            }
            _kept[key] = kept with { Used = _time.GetUtcNow() };
            return true;
        }
    }

    private void Shrink()
    {
        var oldest = _time.GetUtcNow() - _options.TimeToLive;
        foreach (var (key, kept) in _kept.OrderBy(entry => entry.Value.Used).ToList())
        {
            if (_bytes <= _options.MaxBytes && kept.Used > oldest)
            {
                return;
            }
            Forget(key);
        }
    }

    private void Forget(string key)
    {
        if (_kept.Remove(key, out var kept))
        {
            File.Delete(kept.Path);
            _bytes -= kept.Bytes;
        }
    }

    private sealed record Kept(string Path, long Bytes, DateTimeOffset Used);
}
