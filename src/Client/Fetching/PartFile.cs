namespace Decant.Client.Fetching;

/// <summary>A file that has its name only once it is whole.</summary>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _part;
    private readonly FileStream _stream;
    private bool _kept;

    private readonly bool _replace;

    private PartFile(string path, bool replace)
    {
        _path = path;
        _replace = replace;
        _part = $"{path}.part";
        _stream = new FileStream(
            _part,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                Options = FileOptions.Asynchronous,
            }
        );
        Destination = new Destination(_stream);
    }

    public Destination Destination { get; }

    /// <param name="wanted">A file, a directory that exists, or null for the current directory.</param>
    /// <param name="name">Name of the file in its directory.</param>
    /// <param name="replace">A file that is there is replaced.</param>
    /// <param name="path">Path of the finished file.</param>
    /// <exception cref="DecantException"><see cref="DecantException.FileExists"/>.</exception>
    public static PartFile Create(string? wanted, string name, bool replace, out string path)
    {
        path = Path.GetFullPath(
            wanted is null ? name
            : Directory.Exists(wanted) ? Path.Combine(wanted, name)
            : wanted
        );
        EnsureFree(path, replace);
        return new PartFile(path, replace);
    }

    /// <summary>Checks of a path that are possible before the file has a name.</summary>
    /// <exception cref="DecantException"><see cref="DecantException.FileExists"/>.</exception>
    public static void EnsureFree(string? path, bool replace)
    {
        if (!replace && File.Exists(path))
        {
            throw Taken(path);
        }
    }

    private static DecantException Taken(string path) =>
        new(
            DecantException.FileExists,
            $"There is a file '{path}' already; name another path, or set {nameof(DownloadOptions.Replace)}."
        );

    /// <summary>Gives it its name.</summary>
    /// <exception cref="DecantException"><see cref="DecantException.FileExists"/>: another has taken it meanwhile.</exception>
    public async Task KeepAsync()
    {
        await _stream.DisposeAsync();
        try
        {
            File.Move(_part, _path, _replace);
            _kept = true;
        }
        catch (IOException) when (!_replace && File.Exists(_path))
        {
            throw Taken(_path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_kept)
        {
            File.Delete(_part);
        }
    }
}
