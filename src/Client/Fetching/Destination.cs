namespace Decant.Client.Fetching;

/// <summary>Destination of a file's bytes.</summary>
/// <param name="stream">Written to from where it stands.</param>
internal sealed class Destination(Stream stream)
{
    private readonly long _start = stream.CanSeek ? stream.Position : 0;

    /// <summary>Bytes of the file that are there.</summary>
    public long Length { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        Length += bytes.Length;
    }

    /// <summary>Forgets what is there, for a file that is another one now.</summary>
    /// <exception cref="DecantException">What was written into this stream cannot be taken back.</exception>
    public void Restart()
    {
        if (Length == 0)
        {
            return;
        }

        if (!stream.CanSeek)
        {
            throw new DecantException(
                DecantException.WrongLength,
                $"The file changed after {Length} bytes, and the stream they were written to cannot go back."
            );
        }

        stream.Position = _start;
        stream.SetLength(_start);
        Length = 0;
    }

    public Task FlushAsync(CancellationToken cancellationToken) => stream.FlushAsync(cancellationToken);
}
