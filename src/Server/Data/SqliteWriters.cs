namespace Decant.Server.Data;

/// <summary>
/// The queue for SQLite's one writer. Without it every waiting transaction would sleep on a thread of its own inside
/// SQLite's busy handler, and a burst of downloads would starve the whole server of threads.
/// </summary>
internal sealed class SqliteWriters : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <returns>Dispose it to let the next one write.</returns>
    public async ValueTask<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
