using Decant.Engine.Sources;

namespace Decant.Cli.Getting;

/// <summary>
/// File of what was fetched before, a line each: platform and id, as yt-dlp's own <c>--download-archive</c> writes them, so that
/// a list that was begun with one is gone on with by the other.
/// </summary>
internal sealed class FetchedArchive
{
    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _lines;

    public FetchedArchive(string path)
    {
        _path = Path.GetFullPath(path);
        _lines = File.Exists(_path)
            ? File.ReadLines(_path).Select(line => line.Trim()).Where(line => line.Length > 0).ToHashSet()
            : [];
    }

    public bool Has(MediaInfo info)
    {
        lock (_lock)
        {
            return _lines.Contains(LineOf(info));
        }
    }

    /// <summary>An entry of a list, by what the list says of it: spares its look-up.</summary>
    public bool Has(Platform platform, string? id)
    {
        lock (_lock)
        {
            return id is not null && platform != Platform.Other && _lines.Contains($"{platform.Name} {id}");
        }
    }

    public void Add(MediaInfo info)
    {
        lock (_lock)
        {
            if (_lines.Add(LineOf(info)))
            {
                File.AppendAllText(_path, LineOf(info) + "\n");
            }
        }
    }

    /// <summary>The ids of pages without a platform are file names, so their address stands for them.</summary>
    private static string LineOf(MediaInfo info) =>
        info.Platform == Platform.Other ? $"other {info.PageUrl.AbsoluteUri}" : $"{info.Platform.Name} {info.Id}";
}
