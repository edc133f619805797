using Decant.Engine.Errors;

namespace Decant.Engine.Fetching.Relays;

/// <summary>A file that fills in any order, and whose readers wait for what they ask for.</summary>
internal sealed class Spool(string path) : IDisposable
{
    private readonly LocalFile _file = new(path);
    private readonly Lock _lock = new();
    private readonly ByteMap _map = new();
    private readonly List<long> _waiting = [];
    private readonly TaskCompletionSource<SpoolShape?> _opened = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private TaskCompletionSource _changed = NewSignal();
    private long? _size;
    private MediaException? _failure;
    private int _edition;
    private bool _isWhole;

    public string Path => path;

    /// <inheritdoc cref="LocalFile.IsToStay"/>
    public bool IsToStay
    {
        set => _file.IsToStay = value;
    }

    /// <summary>Length of the stream, where its playlist says it.</summary>
    public TimeSpan? Duration { get; private set; }

    /// <summary>Parts of the whole file that begin anew in clock or coding; empty where there is but one.</summary>
    public IReadOnlyList<SourcePart> Parts { get; set; } = [];

    /// <summary>Ends when the source has begun to answer; with nothing where it can only be read once it is whole. Never fails.</summary>
    public Task<SpoolShape?> Opened => _opened.Task;

    /// <summary>Failure for which it will never be whole; null while it may be.</summary>
    public MediaException? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>Rises when all that was here is void, because the source's file changed.</summary>
    public int Edition
    {
        get
        {
            lock (_lock)
            {
                return _edition;
            }
        }
    }

    /// <summary>Bytes that are here.</summary>
    public long Arrived
    {
        get
        {
            lock (_lock)
            {
                return _map.Count;
            }
        }
    }

    /// <summary>The last byte is here, and all before it.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_lock)
            {
                return _isWhole;
            }
        }
    }

    /// <summary>The missing byte that a reader has waited for longest; null when nobody waits.</summary>
    public long? Wanted
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count > 0 && _map.EndFrom(_waiting[0]) == _waiting[0] ? _waiting[0] : null;
            }
        }
    }

    /// <summary>Opens the spool for a file, which readers may want to read in any order.</summary>
    /// <param name="size">Size of the whole file, where known.</param>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public void Open(long? size)
    {
        lock (_lock)
        {
            _file.Open(size);
            _size ??= size;
        }
        _opened.TrySetResult(size is null ? null : new SpoolShape(size));
    }

    /// <summary>Opens the spool for a stream, which is read from its beginning to an end that nobody knows yet.</summary>
    /// <param name="duration">Playing time, where known.</param>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public void OpenStream(TimeSpan? duration)
    {
        lock (_lock)
        {
            _file.Open(null);
            Duration = duration;
        }
        _opened.TrySetResult(new SpoolShape(null));
    }

    /// <returns>Number of bytes that were not here before.</returns>
    /// <exception cref="MediaException"><c>overloaded</c></exception>
    public async ValueTask<long> WriteAsync(
        ReadOnlyMemory<byte> bytes,
        long position,
        CancellationToken cancellationToken
    )
    {
        await _file.WriteAsync(bytes, position, cancellationToken);
        lock (_lock)
        {
            var before = _map.Count;
            _map.Add(position, position + bytes.Length);
            if (_waiting.Count > 0)
            {
                Signal();
            }
            return _map.Count - before;
        }
    }

    /// <summary>Waits until the byte at <paramref name="position"/> is here, and reads on from it as far as it can at once.</summary>
    /// <returns>Bytes read; 0 at the end of the file.</returns>
    /// <exception cref="IOException">The byte will not come, or belongs to another edition.</exception>
    public async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        long position,
        int edition,
        CancellationToken cancellationToken
    )
    {
        var isWaiting = false;
        try
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (_failure is not null || _edition != edition)
                    {
                        throw new IOException("What was being read has come to nothing.", _failure);
                    }
                    var here = _map.EndFrom(position) - position;
                    if (here > 0 || position >= _size)
                    {
                        buffer = buffer[..(int)Math.Min(here, buffer.Length)];
                        break;
                    }
                    if (!isWaiting)
                    {
                        _waiting.Add(position);
                        isWaiting = true;
                    }
                    changed = _changed.Task;
                }
                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            if (isWaiting)
            {
                lock (_lock)
                {
                    _waiting.Remove(position);
                }
            }
        }
        return buffer.Length == 0 ? 0 : await _file.ReadAsync(buffer, position, cancellationToken);
    }

    /// <summary>The first stretch at or after <paramref name="position"/> that is missing.</summary>
    /// <param name="position">Position to look from.</param>
    /// <param name="size">Size of the file.</param>
    /// <returns>Null where all of it is here.</returns>
    public (long Start, long End)? Gap(long position, long size)
    {
        lock (_lock)
        {
            var start = _map.EndFrom(position);
            return start >= size ? null : (start, Math.Min(_map.NextFrom(start) ?? size, size));
        }
    }

    /// <summary>Drops all that is here.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _file.Truncate();
            _map.Clear();
            _size = null;
            _isWhole = false;
            _edition++;
            Signal();
        }
    }

    /// <summary>Ends the spool: all of it is here.</summary>
    public void Finish(long size)
    {
        lock (_lock)
        {
            _size = size;
            _isWhole = true;
            Signal();
        }
    }

    /// <summary>Ends a spool that will never be whole: readers are cut, and <see cref="Failure"/> says why.</summary>
    public void Fail(MediaException failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            Signal();
        }
        _opened.TrySetResult(null);
    }

    public void Dispose() => _file.Dispose();

    private void Signal()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Facts known of a source when its first bytes come.</summary>
/// <param name="Size">Size of the whole file; null for a stream, which ends where it ends.</param>
internal sealed record SpoolShape(long? Size);
