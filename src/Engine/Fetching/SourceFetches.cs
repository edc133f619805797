using System.Runtime.ExceptionServices;
using Decant.Engine.Errors;

namespace Decant.Engine.Fetching;

/// <summary>All sources of one run, fetched side by side; the first failure stops the others.</summary>
internal sealed class SourceFetches : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _failed = new();
    private readonly IReadOnlyList<SourceFetch> _sources;
    private readonly TimeProvider _time;
    private readonly Task<ExceptionDispatchInfo?> _watching;

    /// <param name="start">Start of all fetches; they end when their token does.</param>
    /// <param name="time">Clock of short waits.</param>
    /// <param name="cancellationToken">Token that stops all fetches.</param>
    public SourceFetches(
        Func<CancellationToken, IEnumerable<SourceFetch>> start,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _sources = [.. start(_stop.Token)];
        _time = time;
        _watching = WatchAsync();
    }

    public IReadOnlyList<string> Paths => [.. _sources.Select(source => source.Path)];

    /// <summary>A source will never be whole.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>A source was read early that has changed since.</summary>
    public bool AreOutdated => _sources.Any(source => source.IsOutdated);

    /// <inheritdoc cref="SourceFetch.IsToStay"/>
    public void AreToStay()
    {
        foreach (var source in _sources)
        {
            source.IsToStay();
        }
    }

    /// <summary>Waits until all can be read: whole, or while they come.</summary>
    /// <param name="known">The size of each, where it has been looked into before.</param>
    /// <param name="cancellationToken">Token that ends the wait.</param>
    /// <exception cref="MediaException">What the first source to fail did.</exception>
    public async Task<IReadOnlyList<ReadableSource>> ReadableAsync(
        IReadOnlyList<long?> known,
        CancellationToken cancellationToken
    )
    {
        var readable = Task.WhenAll(
            _sources.Zip(known, (source, size) => source.ReadableAsync(size, _time, cancellationToken))
        );
        await ((Task)readable).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (readable.IsCompletedSuccessfully)
        {
            return await readable;
        }
        await ThrowFailureAsync();
        return await readable;
    }

    /// <summary>Waits until all are whole.</summary>
    /// <exception cref="MediaException">What the first source to fail did.</exception>
    public async Task<IReadOnlyList<ReadableSource>> WholeAsync(CancellationToken cancellationToken)
    {
        await ThrowFailureAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.WhenAll(_sources.Select(source => source.WholeAsync(cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        foreach (var source in _sources)
        {
            await source.DisposeAsync();
        }
        _stop.Dispose();
        _failed.Dispose();
    }

    private async Task ThrowFailureAsync()
    {
        (await _watching)?.Throw();
    }

    /// <returns>What the first source to fail did; null where none failed.</returns>
    private async Task<ExceptionDispatchInfo?> WatchAsync()
    {
        ExceptionDispatchInfo? first = null;
        var left = _sources.Select(source => source.Whole).ToList();
        while (left.Count > 0)
        {
            var ended = await Task.WhenAny(left);
            left.Remove(ended);
            if (ended.Exception?.InnerException is { } exception)
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
                await _failed.CancelAsync();
                await _stop.CancelAsync();
            }
        }
        return first;
    }
}
