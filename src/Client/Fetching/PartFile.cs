namespace Decant.Client.Fetching;

/// <summary>A file that has its name only once it is whole.</summary>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _part;
    private readonly FileStream _stream;
    private bool _kept;

    private PartFile(string path)
    {
        _path = path;
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
    /// <param name="name">What it is called in a directory.</param>
    /// <param name="path">Where it will lie.</param>
    public static PartFile Create(string? wanted, string name, out string path)
    {
        path = Path.GetFullPath(
            wanted is null ? name
            : Directory.Exists(wanted) ? Path.Combine(wanted, name)
            : wanted
        );
        return new PartFile(path);
    }

    /// <summary>Gives it its name, in place of any file that has it.</summary>
    public async Task KeepAsync()
    {
        await _stream.DisposeAsync();
        File.Move(_part, _path, overwrite: true);
        _kept = true;
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
