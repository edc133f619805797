namespace Decant.Server.Storage;

/// <summary>A stored file, opened for reading. Deleting its key meanwhile does not end a read that has begun.</summary>
internal abstract class StoredContent : IAsyncDisposable
{
    /// <summary>Bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Reads a part of it, from its first byte on. One at a time.</summary>
    /// <param name="from">First byte.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="cancellationToken">Token that ends it early.</param>
    /// <returns>At least these bytes; the caller stops after them.</returns>
    /// <exception cref="StorageTroubleException">The storage is out of reach, or the file has gone.</exception>
    public abstract Task<Stream> ReadAsync(long from, long length, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
