namespace Decant.Engine.Keeping;

/// <summary>
/// Files that were fetched or made lately, kept under a key of what they hold, so that nobody has to fetch or make them again.
/// They are hard links to the files of the runs: keeping costs no second copy, and taking one costs no time.
/// </summary>
/// <remarks>What an earlier process kept is removed at start: the index is in memory alone.</remarks>
internal sealed class KeptFiles
{
    /// <summary>Share of the disk, at most 1 GiB, that is left free for the runs.</summary>
    private const double Reserve = 0.1;

    private readonly KeepOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly DriveInfo _disk;
    private readonly long _reserve;
    private long _bytes;
    private int _next;

    /// <param name="options">Options of the directory, of its size and of the time that files are kept.</param>
    /// <param name="time">The clock.</param>
    public KeptFiles(KeepOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (Directory.Exists(options.Directory))
        {
            Directory.Delete(options.Directory, recursive: true);
        }
        Directory.CreateDirectory(options.Directory);
        _disk = new DriveInfo(options.Directory);
        _reserve = Math.Min(1L << 30, (long)(_disk.TotalSize * Reserve));
    }

    /// <summary>Keeps files from now on. What was not asked for the longest goes, should there be too much.</summary>
    /// <param name="key">Key of what the files hold.</param>
    /// <param name="paths">The files; they must not change any more.</param>
    public void Keep(string key, params IReadOnlyList<string> paths) => Keep(key, result: null, paths);

    /// <param name="key">Key of what the files hold.</param>
    /// <param name="result">The description of a finished file, kept as long as the file.</param>
    /// <param name="paths">The files; they must not change any more.</param>
    public void Keep(string key, ExtractionResult? result, IReadOnlyList<string> paths)
    {
        var bytes = paths.Sum(path => new FileInfo(path).Length);
        if (bytes > _options.MaxBytes)
        {
            return;
        }
        lock (_lock)
        {
            Remove(key);
            var kept = paths.Select(path => (From: path, To: Path.Combine(_options.Directory, $"{_next++}"))).ToList();
            // On another file system it is not kept: a copy would cost what keeping is to save.
            if (TryLinkAll(kept))
            {
                _kept[key] = new Kept([.. kept.Select(link => link.To)], bytes, _time.GetUtcNow(), result);
                _bytes += bytes;
                Shrink();
            }
        }
    }

    /// <summary>Puts kept files at paths of the caller's own.</summary>
    /// <param name="key">Key of what the files hold.</param>
    /// <param name="paths">Paths to put them at, as many as were kept; nothing is there yet.</param>
    /// <returns>False where they are not kept (any more); then nothing is there.</returns>
    public bool TryTake(string key, params IReadOnlyList<string> paths)
    {
        lock (_lock)
        {
            Shrink();
            if (!_kept.TryGetValue(key, out var kept) || !TryLinkAll([.. kept.Paths.Zip(paths)]))
            {
                return false;
            }
            _kept[key] = kept with { Used = _time.GetUtcNow() };
            return true;
        }
    }

    /// <returns>The description of a finished file; null where it is not kept (any more).</returns>
    public ExtractionResult? ResultOf(string key)
    {
        lock (_lock)
        {
            return _kept.GetValueOrDefault(key)?.Result;
        }
    }

    /// <summary>Removes whatever is past its time, or takes room that the disk needs.</summary>
    public void Tidy() => MakeRoom(0);

    /// <summary>Removes kept files, those first that were not asked for the longest, until the disk has room for so many bytes more.</summary>
    public void MakeRoom(long bytes)
    {
        lock (_lock)
        {
            Shrink(bytes);
        }
    }

    /// <summary>Removes whatever is kept of a medium.</summary>
    /// <param name="subject">Subject as <see cref="KeepingKey.Subject"/> names it.</param>
    public void ForgetAllOf(string subject)
    {
        lock (_lock)
        {
            foreach (var key in _kept.Keys.Where(key => KeepingKey.IsOf(key, subject)).ToList())
            {
                Remove(key);
            }
        }
    }

    /// <summary>Forgets a file that turned out to be no good.</summary>
    public void Forget(string key)
    {
        lock (_lock)
        {
            Remove(key);
        }
    }

    private static bool TryLinkAll(List<(string From, string To)> links)
    {
        for (var made = 0; made < links.Count; made++)
        {
            if (!HardLink.TryCreate(links[made].From, links[made].To))
            {
                foreach (var (_, to) in links.Take(made))
                {
                    File.Delete(to);
                }
                return false;
            }
        }
        return true;
    }

    private void Shrink(long needed = 0)
    {
        var oldest = _time.GetUtcNow() - _options.TimeToLive;
        foreach (var (key, kept) in _kept.OrderBy(entry => entry.Value.Used).ToList())
        {
            if (_bytes <= _options.MaxBytes && kept.Used > oldest && _disk.AvailableFreeSpace - _reserve >= needed)
            {
                return;
            }
            Remove(key);
        }
    }

    private void Remove(string key)
    {
        if (_kept.Remove(key, out var kept))
        {
            foreach (var path in kept.Paths)
            {
                File.Delete(path);
            }
            _bytes -= kept.Bytes;
        }
    }

    private sealed record Kept(IReadOnlyList<string> Paths, long Bytes, DateTimeOffset Used, ExtractionResult? Result);
}
