namespace Decant.Server.Storage;

/// <summary>A file of the disk, open: its name may go meanwhile, its bytes stay.</summary>
internal sealed class LocalContent(string path) : StoredContent
{
    private readonly FileStream _file = new(
        path,
        new FileStreamOptions
        {
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        }
    );

    public override long Length => _file.Length;

    public override Task<Stream> ReadAsync(long from, long length, CancellationToken cancellationToken)
    {
        _file.Position = from;
        return Task.FromResult<Stream>(_file);
    }

    public override ValueTask DisposeAsync() => _file.DisposeAsync();
}
