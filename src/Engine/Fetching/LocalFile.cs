using Decant.Engine.Errors;
using Microsoft.Win32.SafeHandles;

namespace Decant.Engine.Fetching;

/// <summary>Destination of a fetch's bytes. A failure here is this server's fault and never the source's.</summary>
internal sealed class LocalFile(string path) : IDisposable
{
    /// <summary>A stranger's word reserves no more than this; the rest is taken as it comes.</summary>
    private const long MostReserved = 256 << 20;

    private SafeFileHandle? _handle;
    private long _unflushed;

    /// <summary>The file stays: what has come is on its way to the disk while the rest comes, and not waited for at the end.</summary>
    public bool IsToStay { get; set; }

    /// <summary>Makes the file, once, with room for what is to come: a full disk is better known now.</summary>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public void Open(long? size)
    {
        try
        {
            _handle ??= File.OpenHandle(
                path,
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.Read,
                FileOptions.Asynchronous,
                Math.Min(size ?? 0, MostReserved)
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(e);
        }
    }

    public void Truncate()
    {
        if (_handle is { } handle && RandomAccess.GetLength(handle) > 0)
        {
            RandomAccess.SetLength(handle, 0);
        }
    }

    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, long position, CancellationToken cancellationToken)
    {
        try
        {
            await RandomAccess.WriteAsync(_handle!, bytes, position, cancellationToken);
            if (IsToStay && Interlocked.Add(ref _unflushed, bytes.Length) >= EarlyFlush.Step)
            {
                Interlocked.Exchange(ref _unflushed, 0);
                EarlyFlush.Begin(_handle!);
            }
        }
        catch (IOException e)
        {
            throw NoRoom(e);
        }
    }

    /// <returns>Bytes read; what was never written reads as nothing or as zeros.</returns>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(_handle!, buffer, position, cancellationToken);
        }
        catch (IOException e)
        {
            throw NoRoom(e);
        }
    }

    public void Dispose() => _handle?.Dispose();

    /// <summary>A failure of this server's disk.</summary>
    public static MediaException NoRoom(Exception cause) =>
        new(
            MediaError.Overloaded,
            "This server could not store the file; its disk may be full. Try again later.",
            cause
        );
}
